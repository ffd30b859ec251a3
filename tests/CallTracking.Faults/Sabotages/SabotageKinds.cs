namespace CallTracking.Faults.Sabotages;

/// <summary>Every bug that can be planted.</summary>
internal static class SabotageKinds
{
    private const string DoubleCase = """
        insert into cases select (jsonb_populate_record(c, jsonb_build_object('case_uid', gen_random_uuid()))).* from cases c where product_model = '{model}'
        """;

    private const string DoubleHistory = """
        insert into case_events
        select (jsonb_populate_record(e, jsonb_build_object('ordinal', e.ordinal + 100))).*
        from case_events e join cases c using (case_uid) where c.product_model = '{model}' and e.backlog_delta <> 0 limit 1
        """;

    public static IReadOnlyList<Sabotage> All { get; } =
    [
        new SkippedReceipt(),
        new TableSabotage("lose-case", "delete from cases where product_model = '{model}'"),
        new TableSabotage("old-version", "update cases set product_firmware = 'v0' where product_model = '{model}'"),
        new TableSabotage("double-case", DoubleCase),
        new TableSabotage("double-history", DoubleHistory),
        new TableSabotage("leak-table", "update cases set description = description || ' {canary}' where product_model = '{model}'"),
        new LeakedLog(),
    ];
}
