using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Poland;

/// <summary>Common names and places. Family names that do not bend with the person, so that one list serves both.</summary>
internal static class PolandNames
{
    public static readonly string[] Families = WordList.Of("""
        Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wieczorek Wróbel Stępień Dudek Adamczyk Pawlak Sikora Walczak Baran
        Michalak Szewczyk Pietrzak Marciniak Bąk Włodarczyk Duda Kubiak Wilk Kołodziej Kaźmierczak Sobczak Cieślak Głowacz Błaszczyk Andrzejczak
        Szymczak Jaroszyk Gajda Mróz Kozak Klimek Urban Stasiak Bielak Jóźwiak Matusiak Żak Rogala Skiba Wrona Łuczak Kędziora Świątek Gołąb Ptak
        """);

    public static readonly string[] Women = WordList.Of("""
        Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Joanna Aleksandra Zofia Monika Teresa Danuta Natalia Julia
        Karolina Marta Beata Dorota Halina Jadwiga Janina Alicja Jolanta Grażyna Iwona Irena Paulina Justyna Zuzanna Bożena Wiktoria Urszula Kinga
        """);

    public static readonly string[] Men = WordList.Of("""
        Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Jakub Adam Stanisław Marek Łukasz Grzegorz Mateusz Wojciech Mariusz Dariusz Zbigniew
        Maciej Rafał Robert Jerzy Kamil Jacek Ryszard Szymon Tadeusz Kacper Bartosz Jarosław Sławomir Artur Janusz Mirosław Sebastian Przemysław
        """);

    /// <summary>City, province, start of the postcode.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        Warszawa/mazowieckie/02 Kraków/małopolskie/30 Łódź/łódzkie/91 Wrocław/dolnośląskie/51 Poznań/wielkopolskie/60 Gdańsk/pomorskie/80 Szczecin/zachodniopomorskie/71
        Bydgoszcz/kujawsko-pomorskie/85 Lublin/lubelskie/20 Białystok/podlaskie/15 Katowice/śląskie/40 Gdynia/pomorskie/81 Częstochowa/śląskie/42 Radom/mazowieckie/26
        Toruń/kujawsko-pomorskie/87 Rzeszów/podkarpackie/35 Kielce/świętokrzyskie/25 Olsztyn/warmińsko-mazurskie/10 Opole/opolskie/45 Zielona_Góra/lubuskie/65
        """);

    public static readonly string[] Streets = WordList.Of("""
        Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Brzozowa Łąkowa Kwiatowa Sosnowa Kościelna Akacjowa Parkowa Zielona Kolejowa Sportowa
        """);
}
