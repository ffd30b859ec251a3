using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Britain;

/// <summary>Common names and places, without names that are also words of the texts.</summary>
internal static class BritainNames
{
    public static readonly string[] Families = WordList.Of("""
        Smith Jones Taylor Williams Davies Evans Thomas Roberts Johnson Walker Wright Robinson Thompson Hughes Edwards Harris Jackson Clarke Lewis Patel
        Morris Bennett Campbell Mitchell Anderson Stewart Murray Macdonald Ferguson Hussain Khan Begum Singh Kaur Ahmed Ali Shah Okafor Adeyemi Kowalska
        Murphy Kelly O'Sullivan O'Brien Byrne Ryan Doyle Gallagher Pritchard Llewellyn Griffiths Morgan Jenkins Whitfield Ashworth Haigh Barraclough Sutcliffe
        """);

    public static readonly string[] Women = WordList.Of("""
        Margaret Susan Patricia Jean Christine Mary Linda Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Alison Nicola Emma Sarah Claire
        Joanne Amanda Samantha Rebecca Gemma Lauren Charlotte Jessica Olivia Amelia Aisha Fatima Priya Siobhan Niamh Aoife Megan Carys Eilidh Isla
        """);

    public static readonly string[] Men = WordList.Of("""
        John David Michael Peter Robert Brian Alan Paul Stephen Andrew Kevin Ian Keith Graham Colin Trevor Nigel Gareth Simon Richard Matthew Daniel
        Christopher James Thomas Oliver Harry George Mohammed Imran Raj Amit Sean Liam Conor Declan Rhys Owain Callum Hamish Fraser Stuart Malcolm
        """);

    /// <summary>Country, town, start of the postcode.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        GB/London/SE1 GB/London/N16 GB/Birmingham/B15 GB/Manchester/M14 GB/Leeds/LS6 GB/Liverpool/L17 GB/Sheffield/S10 GB/Bristol/BS6 GB/Newcastle_upon_Tyne/NE2
        GB/Nottingham/NG7 GB/Leicester/LE2 GB/Cardiff/CF24 GB/Swansea/SA2 GB/Edinburgh/EH9 GB/Glasgow/G12 GB/Aberdeen/AB24 GB/Belfast/BT9 GB/Plymouth/PL4
        GB/Norwich/NR2 GB/Brighton/BN2 GB/Oxford/OX4 GB/Cambridge/CB1 GB/York/YO24 GB/Inverness/IV2 IE/Dublin/D04 IE/Cork/T12 IE/Galway/H91
        """);

    public static readonly string[] Streets = WordList.Of("""
        High_Street Station_Road Church_Lane Victoria_Road Mill_Lane Park_Avenue Queen_Street Chapel_Road Manor_Close Orchard_Way Albert_Terrace
        Primrose_Hill Grange_Road Springfield_Gardens Beech_Grove The_Crescent
        """);
}
