using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.France;

/// <summary>Common names and places, without names that are also words of the texts.</summary>
internal static class FranceNames
{
    public static readonly string[] Families = WordList.Of("""
        Martin Bernard Dubois Durand Moreau Laurent Lefebvre Michel Garcia Bertrand Roux Vincent Fournier Morel Girard Mercier Dupont Lambert
        Bonnet François Martinez Legrand Garnier Faure Rousseau Guérin Muller Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Fontaine
        Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roche Renaud Lemoine Picard Arnaud Rivière Brunet Lacroix
        Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Schmit Thill Reuter Wagener Weber Noël Benoît Lefèvre Barré Aubert Colin Besson
        """);

    public static readonly string[] Women = WordList.Of("""
        Marie Nathalie Isabelle Sylvie Catherine Martine Christine Françoise Valérie Sandrine Stéphanie Véronique Sophie Céline Chantal Patricia Anne
        Brigitte Julie Monique Aurélie Nicole Laurence Annie Émilie Dominique Virginie Corinne Élodie Christelle Camille Caroline Léa Sarah Florence Laëtitia
        """);

    public static readonly string[] Men = WordList.Of("""
        Jean Philippe Michel Alain Patrick Nicolas Christophe Pierre Christian Éric Frédéric Laurent Stéphane David Pascal Daniel Alexandre Julien Thierry
        Olivier Bernard Thomas Sébastien Gérard Didier Dominique Vincent François Bruno Guillaume Jérôme Jacques Marc Maxime Romain Claude Antoine Benoît Loïc
        """);

    /// <summary>Country, city, start of the postcode, digits of the postcode.</summary>
    public static readonly string[][] Cities = WordList.Entries("""
        FR/Paris/75/5 FR/Lyon/69/5 FR/Marseille/13/5 FR/Toulouse/31/5 FR/Nice/06/5 FR/Nantes/44/5 FR/Montpellier/34/5 FR/Strasbourg/67/5 FR/Bordeaux/33/5
        FR/Lille/59/5 FR/Rennes/35/5 FR/Reims/51/5 FR/Saint-Étienne/42/5 FR/Le_Havre/76/5 FR/Grenoble/38/5 FR/Dijon/21/5 FR/Angers/49/5 FR/Nîmes/30/5
        FR/Clermont-Ferrand/63/5 FR/Brest/29/5 FR/Tours/37/5 FR/Besançon/25/5 BE/Liège/4/4 BE/Namur/5/4 BE/Bruxelles/1/4 LU/Luxembourg/1/4 LU/Esch-sur-Alzette/4/4
        """);

    public static readonly string[] Streets = WordList.Of("""
        rue_de_la_République rue_Victor_Hugo avenue_Jean_Jaurès rue_des_Écoles place_de_la_Mairie rue_du_Moulin boulevard_Pasteur rue_des_Lilas
        chemin_des_Vignes rue_de_l'Église impasse_des_Cerisiers allée_des_Tilleuls quai_de_la_Loire
        """);
}
