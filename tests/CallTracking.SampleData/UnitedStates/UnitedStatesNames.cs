using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.UnitedStates;

/// <summary>Common names, without those that are also words of the texts.</summary>
internal static class UnitedStatesNames
{
    public static readonly string[] Families = WordList.Of("""
        Smith Johnson Williams Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore
        Jackson Martin Perez Thompson Harris Sanchez Clark Ramirez Lewis Robinson Walker Allen Wright Scott Torres Nguyen Flores Adams
        Nelson Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris
        Morales Murphy Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Richardson Watson Chavez Bennett
        Mendoza Ruiz Hughes Alvarez Castillo Sanders Patel Myers Foster Jimenez Powell Jenkins Perry Russell Sullivan Coleman Butler
        Henderson Barnes Gonzales Fisher Vasquez Simmons Romero Jordan Patterson Alexander Hamilton Graham Reynolds Griffin Wallace Moreno
        Hayes Bryant Herrera Gibson Ellis Medina Aguilar Stevens Murray Castro Marshall Owens Harrison Fernandez McDonald Kennedy Vargas
        Henry Chen Freeman Webb Tucker Guzman Crawford Olson Simpson Porter Gordon Mendez Silva Shaw Snyder Dixon Munoz Hicks Holmes
        Palmer Wagner Robertson Boyd Salazar Warren Mills Meyer Garza Schmidt Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner
        Payne Grant Dunn Kelley Spencer Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong
        Hudson Carroll Lane Riley Andrews Alvarado Delgado Berry Perkins Hoffman Johnston Matthews Pena Richards Contreras Willis Carpenter
        Lawrence Sandoval Guerrero Chapman Estrada Ortega Watkins Greene Nunez Wheeler Valdez Harper Burke Larson Santiago Maldonado
        Morrison Franklin Carlson Dominguez Lawson Jacobs Lynch Vega Bishop Montgomery O'Brien O'Connor Tremblay Gagnon Roy Bouchard
        """);

    public static readonly string[] Women = WordList.Of("""
        Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Sandra Betty Ashley Emily Kimberly Margaret
        Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Dorothy Amy Kathleen Angela Shirley Emma Brenda
        Pamela Nicole Anna Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria Catherine Heather Diane Olivia Julie Joyce
        Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Megan Cheryl Jacqueline Martha Madison Teresa Gloria
        Sara Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Denise Beverly Charlotte Marie Natalie
        """);

    public static readonly string[] Men = WordList.Of("""
        James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Donald Steven Andrew Paul
        Joshua Kenneth Kevin Brian Timothy Ronald Jason George Edward Jeffrey Ryan Jacob Nicholas Gary Eric Jonathan Stephen Larry Justin
        Scott Brandon Benjamin Samuel Gregory Alexander Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Zachary Douglas Peter
        Kyle Noah Ethan Jeremy Walter Christian Keith Roger Terry Austin Sean Gerald Carl Harold Dylan Arthur Lawrence Jordan Jesse Bryan
        Billy Bruce Gabriel Joe Logan Alan Juan Albert Willie Elijah Wayne Randy Vincent Mason Roy Ralph Bobby Russell Bradley Philip
        """);

    public static readonly string[] Streets = WordList.Of("Maple Cedar Elm Washington Lakeview Hillcrest Sunset Franklin Highland Jefferson Walnut Chestnut Madison Ridgewood Lincoln Willow Magnolia Prospect");

    public static readonly string[] StreetKinds = ["St", "Ave", "Rd", "Dr", "Ln", "Blvd", "Ct"];

    /// <summary>State, city, start of the postal code, area code. The last ones are Canadian.</summary>
    public static readonly Home[] Homes = Home.ParseAll("""
        US-CA/Sacramento/958/916 US-CA/Oakland/946/510 US-CA/San_Diego/921/619 US-CA/Fresno/937/559 US-CA/Los_Angeles/900/213
        US-CA/San_Jose/951/408 US-TX/Austin/787/512 US-TX/Houston/770/713 US-TX/Dallas/752/214 US-NY/Buffalo/142/716 US-NY/Albany/122/518
        US-NY/Brooklyn/112/718 US-FL/Tampa/336/813 US-FL/Orlando/328/407 US-IL/Peoria/616/309 US-IL/Chicago/606/312
        US-PA/Pittsburgh/152/412 US-OH/Columbus/432/614 US-GA/Savannah/314/912 US-NC/Raleigh/276/919 US-MI/Lansing/489/517
        US-NJ/Trenton/086/609 US-VA/Richmond/232/804 US-WA/Spokane/992/509 US-AZ/Tucson/857/520 US-MA/Worcester/016/508
        US-TN/Memphis/381/901 US-IN/Fort_Wayne/468/260 US-MO/Springfield/658/417 US-MD/Baltimore/212/410 US-CO/Boulder/803/303
        US-MN/Duluth/558/218 US-OR/Eugene/974/541 US-CT/Hartford/061/860 US-UT/Provo/846/801 US-IA/Des_Moines/503/515
        CA-ON/Ottawa/K1P/613 CA-ON/Toronto/M5V/416 CA-QC/Laval/H7N/450 CA-BC/Victoria/V8W/250
        """);
}

/// <summary>A town, the ISO 3166-2 code of its state or province, the start of its postal codes and its area code.</summary>
internal sealed record Home(string Subdivision, string City, string Postcode, string AreaCode)
{
    public bool IsCanadian => Subdivision.StartsWith("CA-", StringComparison.Ordinal);

    public static Home[] ParseAll(string block) =>
        [.. WordList.Entries(block).Select(parts => new Home(parts[0], parts[1], parts[2], parts[3]))];
}
