using System.Globalization;
using CallTracking.SampleData.Desks;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.France;

/// <summary>The tables of the French help desk on PostgreSQL. Times are local ones of Europe/Paris, as the desk's makers had it.</summary>
internal static class FranceDesk
{
    public const string Schema = """
        drop table if exists commentaires, tickets, utilisateurs;
        create table utilisateurs (
          id bigint primary key, numero_client text not null, civilite text, nom text not null, courriel text, telephone text,
          rue text, code_postal text, ville text, pays char(2) not null, date_naissance date, numero_secu text);
        create table tickets (
          id bigint primary key, utilisateur_id bigint not null references utilisateurs, numero text, essai boolean not null,
          cree_le timestamp not null, modifie_le timestamp not null, clos_le timestamp, statut text not null, priorite text not null,
          canal text not null, produit text not null, modele text not null, numero_serie text, lot text, achete_le date, danger text,
          objet text not null, description text not null, conseiller_id text, conseiller text, note integer, avis text);
        create table commentaires (
          ticket_id bigint not null references tickets, rang integer not null, ecrit_le timestamp not null, auteur text not null, texte text not null,
          primary key (ticket_id, rang));
        """;

    private static readonly CentreWords Words = new()
    {
        Categories = ["batterie", "photo", "aspirateur", "routeur", "casque", "rasoir", "chauffage", "imprimante"],
        Hazards = ["fumée", "gonflement", "brûlure", "incendie", "décharge"],
        Statuses = ["nouveau", "en cours", "attente client", "en pause", "résolu", "clos", "annulé"],
        UnknownStatus = "expertise usine",
        Priorities = ["basse", "normale", "haute", "urgente"],
        Channels = ["téléphone", "courriel", "tchat", "formulaire", "réseaux sociaux"],
        Yes = "true",
        No = "false",
        Woman = "Mme",
        Man = "M.",
        MinuteForm = "yyyy-MM-dd HH:mm",
        DayForm = "yyyy-MM-dd",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly DeskTable[] Tables =
    [
        DeskTable.OfCases(
            "utilisateurs",
            new("id", HelpDesk.RowKey), CaseColumns.CustomerNumber("numero_client"), Case.Gender("civilite"), CaseColumns.Name("nom"), CaseColumns.Email("courriel"),
            CaseColumns.Phone("telephone"), CaseColumns.Street("rue"), CaseColumns.Postcode("code_postal"), CaseColumns.City("ville"), CaseColumns.Country("pays"),
            Case.BirthDate("date_naissance"), CaseColumns.NationalId("numero_secu")),
        DeskTable.OfCases(
            "tickets",
            new("id", HelpDesk.RowKey), new("utilisateur_id", HelpDesk.RowKey), CaseColumns.CaseNumber("numero"), Case.IsTest("essai"), Case.Opened("cree_le"),
            Case.Updated("modifie_le"), Case.Closed("clos_le"), Case.Status("statut"), Case.Priority("priorite"), Case.Channel("canal"), Case.Category("produit"),
            CaseColumns.Model("modele"), CaseColumns.Serial("numero_serie"), CaseColumns.Lot("lot"), Case.PurchasedOn("achete_le"), Case.Hazard("danger"),
            CaseColumns.Subject("objet"), CaseColumns.Description("description"), CaseColumns.HandlerId("conseiller_id"), CaseColumns.HandlerName("conseiller"),
            CaseColumns.Score("note"), CaseColumns.ScoreComment("avis")),
        DeskTable.OfRemarks(
            "commentaires",
            ("ticket_id", (cells, _, _) => HelpDesk.RowKey(cells)),
            ("rang", (_, _, rank) => rank.ToString(CultureInfo.InvariantCulture)),
            ("ecrit_le", (cells, remark, _) => Words.Minute(cells.Local(remark.At))),
            ("auteur", (_, remark, _) => remark.Author switch { Author.Customer => "client", Author.Agent => "conseiller", _ => "interne" }),
            ("texte", (_, remark, _) => remark.Body)),
    ];
}
