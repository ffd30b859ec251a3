using System.Globalization;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Desks;

/// <summary>A help desk in a database: tables of tickets, of those who wrote them, and of what was said.</summary>
internal sealed class HelpDesk(Storyteller storyteller, string schema, DeskTable[] tables) : RegionForm(storyteller)
{
    /// <summary>Drops the tables where they are and makes them anew.</summary>
    public string Schema => schema;

    public IReadOnlyList<DeskTable> Tables => tables;

    // A database has neither empty rows nor bytes that are no text.
    public override bool CanHold(Quirk quirk) => quirk is not (Quirk.Blank or Quirk.Undecodable);

    /// <summary>The rows of a case, by table.</summary>
    public IEnumerable<(DeskTable Table, string?[] Values)> RowsOfTables(CaseDraft draft, Quirk quirk)
    {
        var cells = new Cells(draft, quirk, Storyteller.Region, Storyteller);
        return tables.SelectMany(table => table.Rows(cells).Select(values => (table, values)));
    }

    public override void Note(CaseDraft draft)
    {
        foreach (var _ in RowsOfTables(draft, Quirk.None))
        {
            // Making the rows notes what they give away.
        }
    }

    /// <summary>The database's own key of a row that belongs to one case; a row that stands twice has two.</summary>
    public static string RowKey(Cells cells) =>
        ((cells.Draft.Key.Number * 2) + (cells.Quirk == Quirk.Duplicate ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
}
