namespace CallTracking.Mapping.Proposals;

/// <summary>Numbers that stand inside something and do not say whose they are: <c>khach.id</c> is the number of what a <c>khach</c> is.</summary>
internal static class ForeignNumber
{
    // They number whatever they stand in.
    private static readonly HashSet<string> Bare =
    [
        "id", "key", "unique key", "no", "nr", "number", "nummer", "numero", "numer", "reference", "reference number", "referencia", "riferimento", "номер", "编号", "번호",
    ];

    // What a case is called, and what it is only wrapped in.
    private static readonly HashSet<string> Cases =
    [
        "case", "ticket", "incident", "request", "issue", "complaint", "call", "inquiry", "enquiry", "claim", "order", "fall", "vorgang", "anfrage", "meldung", "auftrag", "dossier", "demande",
        "demanda", "caso", "chamado", "pratica", "richiesta", "segnalazione", "zaak", "melding", "sprawa", "zgloszenie", "обращение", "заявка", "заявление", "talep", "kayit", "basvuru", "vaka",
        "bejelentes", "ugy", "phieu", "案件", "受付", "工单", "工單", "접수", "문의",
        "data", "attributes", "fields", "properties", "record", "row", "item", "entry", "node", "object", "header", "head", "meta", "general", "main", "base", "info", "result", "source", "root",
    ];

    public static bool Is(string label, WordMatch match)
    {
        if (match.Key != "case_number" || !Bare.Contains(WordTable.Fold(match.Word)))
        {
            return false;
        }

        var before = HeaderPath.Split(label).Before;
        return before.Length > 0 && !Array.Exists(WordTable.Fold(HeaderPath.Split(before).Last).Split(' '), Cases.Contains)
            && !WordTable.Fields.Find(before).Any(known => known is { Key: "case_number", IsWhole: true });
    }
}
