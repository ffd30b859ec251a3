using CallTracking.SampleData.Brazil;
using CallTracking.SampleData.Britain;
using CallTracking.SampleData.China;
using CallTracking.SampleData.Desks;
using CallTracking.SampleData.France;
using CallTracking.SampleData.Germany;
using CallTracking.SampleData.Japan;
using CallTracking.SampleData.Korea;
using CallTracking.SampleData.Poland;
using CallTracking.SampleData.Stories;
using CallTracking.SampleData.Thailand;
using CallTracking.SampleData.Ukraine;
using CallTracking.SampleData.UnitedStates;

namespace CallTracking.SampleData.Files;

/// <summary>The form in which one region keeps its cases: a file of some kind, or the tables of a help desk.</summary>
internal abstract class RegionForm(Storyteller storyteller)
{
    // Of neither code page: a pair that cp932 does not have, an unused place of Windows-1252.
    private static readonly byte[] NoCodePage = [0x81, 0xFD];

    // A place that Windows-874 leaves empty.
    private static readonly byte[] NoThai = [0xDB];

    // Half of a character that is written in two.
    private static readonly byte[] NoUtf16 = [0x00, 0xD8];

    public Storyteller Storyteller { get; } = storyteller;

    /// <summary>The quirks that this form can hold.</summary>
    public abstract bool CanHold(Quirk quirk);

    /// <summary>How many rows a case takes.</summary>
    public virtual int RowsOf(CaseDraft draft, Quirk quirk) => 1;

    /// <summary>Notes in the draft what its fields give away in this form, and keeps nothing of it.</summary>
    public abstract void Note(CaseDraft draft);

    public static RegionForm For(SampleRegion region, SampleOptions options) => region.Code switch
    {
        "JP" => new CsvFile(new JapanStoryteller(), ',', JapanColumns.All, NoCodePage),
        "DE" => new CsvFile(new GermanyStoryteller(), ';', GermanyColumns.All, NoCodePage),
        "US" => new TicketFile(new UnitedStatesStoryteller(), options.JsonLines),
        "CN" => new XmlFile(new ChinaStoryteller(), ChinaExport.Names, ChinaExport.Columns),
        "BR" => new WorkbookFile(new BrazilStoryteller(), "Chamados", BrazilColumns.All),
        "KR" => new FixedWidthFile(new KoreaStoryteller(), KoreaColumns.All),
        "FR" => new HelpDesk(new FranceStoryteller(), FranceDesk.Schema, FranceDesk.Tables),
        "GB" => new HelpDesk(new BritainStoryteller(), BritainDesk.Schema, BritainDesk.Tables),
        "PL" => new EventLogFile(new PolandStoryteller(), PolandEvents.Names, PolandEvents.Columns),
        "UA" => new CsvFile(new UkraineStoryteller(), '\t', UkraineColumns.All, NoUtf16),
        "TH" => new CsvFile(new ThailandStoryteller(), '|', ThailandColumns.All, NoThai),
        _ => throw new System.Diagnostics.UnreachableException(region.Code),
    };
}
