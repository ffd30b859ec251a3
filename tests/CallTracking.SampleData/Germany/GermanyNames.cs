using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Germany;

/// <summary>Common names, without those that are also words of the texts.</summary>
internal static class GermanyNames
{
    public static readonly string[] Families = WordList.Of("""
        Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Bauer Richter Klein Wolf Schröder Neumann
        Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler
        Herrmann König Walter Mayer Huber Kaiser Peters Möller Scholz Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger
        Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein
        Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch
        Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Ernst Lindner Hübner Seifert Nowak Kowalski Thiele Pfeifer Riedel Hermann
        Böttcher Götz Schlüter Rösch Kessler Marx Yilmaz Kilic Özdemir Petrovic Brenner Reuter Hein Bachmann Ebert Steiner Gruber
        Wimmer Pichler Moser Leitner Eder Egger Brunner Aigner Lechner Wallner Schwaiger Zürcher Bühler Gerber Lüthi Rüegg Ammann
        Baumgartner Eichhorn Förster Geiger Heß Jansen Köster Löffler Mühlbauer Nagel Opitz Paulsen Quandt Rößler Stöhr Tänzer Ullrich
        Vollmer Weiß Zeller Adler Bock Conrad Drescher Esser Feldmann Glaser Hennig Iven Jacobi Kirchner Lenz Menzel Naumann Ott Preuß
        """);

    public static readonly string[] Women = WordList.Of("""
        Anna Sabine Petra Monika Andrea Claudia Susanne Ursula Karin Birgit Gabriele Heike Martina Stefanie Nicole Julia Katharina
        Christine Renate Angelika Sandra Kerstin Barbara Silke Anja Ingrid Melanie Brigitte Ute Daniela Jutta Elke Helga Jana Lena Laura
        Lea Hannah Sophie Marie Johanna Franziska Christina Sarah Lisa Käthe Bärbel Jördis Zoë Frauke Antje Wiebke Gisela Hildegard
        Elisabeth Maria Eva Tanja Sonja Simone Vanessa Jessica Nadine Kathrin Ines Doris Silvia Cornelia Dagmar Marlene Greta Frieda
        """);

    public static readonly string[] Men = WordList.Of("""
        Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günter Stefan Christian Uwe Frank Werner Horst Dieter Manfred Bernd Matthias
        Martin Jörg Torsten Sebastian Alexander Markus Jan Tobias Daniel Florian Philipp Lukas Felix Jonas Maximilian Paul Leon Niklas
        Heinz Helmut Gerhard Rainer Ralf Holger Sven Dirk Kai Oliver Björn Lars Marco Patrick Benjamin Dennis Tim Simon Johannes David
        Götz Jürn Sönke Malte Hannes Moritz Anton Emil Theo Karl Friedrich Wilhelm Georg Norbert Reinhard Volker Detlef Hartmut
        """);

    public static readonly string[] Streets = WordList.Of("Hauptstraße Bahnhofstraße Gartenweg Schillerstraße Goethestraße Lindenallee Mühlenweg Kirchgasse Ringstraße Bergstraße Wiesenweg Königstraße Birkenweg Schulstraße Dorfplatz");

    public static readonly GermanHome[] German = GermanHome.ParseAll("DE", """
        Berlin/10 Hamburg/20 München/80 Köln/50 Frankfurt_am_Main/60 Stuttgart/70 Düsseldorf/40 Leipzig/04 Dortmund/44 Essen/45 Bremen/28
        Dresden/01 Hannover/30 Nürnberg/90 Duisburg/47 Bochum/44 Wuppertal/42 Bielefeld/33 Bonn/53 Münster/48 Karlsruhe/76 Mannheim/68
        Augsburg/86 Wiesbaden/65 Kiel/24 Lübeck/23 Göttingen/37 Würzburg/97 Saarbrücken/66 Tübingen/72
        """);

    public static readonly GermanHome[] Abroad =
    [
        .. GermanHome.ParseAll("AT", "Wien/1 Graz/8 Linz/4 Salzburg/5 Innsbruck/6"),
        .. GermanHome.ParseAll("CH", "Zürich/8 Bern/3 Basel/4 Luzern/6"),
        .. GermanHome.ParseAll("FR", "Strasbourg/67 Colmar/68 Mulhouse/68"),
    ];
}

/// <summary>A town with its country and the start of its postcodes.</summary>
internal sealed record GermanHome(string Country, string City, string Postcode)
{
    /// <summary>Digits of a postcode in the country.</summary>
    public int PostcodeLength => Country is "AT" or "CH" ? 4 : 5;

    public static GermanHome[] ParseAll(string country, string block) =>
        [.. WordList.Entries(block).Select(parts => new GermanHome(country, parts[0], parts[1]))];
}
