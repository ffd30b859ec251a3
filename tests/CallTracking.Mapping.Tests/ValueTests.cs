using CallTracking.Contracts;
using CallTracking.Mapping.Values;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class ValueTests
{
    [Fact]
    public async Task Status_WordsOfTheTable_AreMappedAndOthersRejected()
    {
        var yaml = Reading.Csv("status: {from: s, values: {未対応: new, 対応中: open, 完了: closed, 不明: null}}");

        var outcomes = await Reading.AllAsync(yaml, "id,s\n1,未対応\n2,対応中\n3,不明\n4,\n5,調査依頼\n");

        Assert.Equal(
            [CaseStatus.New, CaseStatus.Open, CaseStatus.Unspecified, CaseStatus.Unspecified],
            outcomes.OfType<RowOutcome.Mapped>().Select(row => row.Case.Status));
        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[4]);
        Assert.Equal((RejectReason.UnmappedValue, "status"), (rejected.Reason, rejected.Field));
        Assert.DoesNotContain("調査依頼", rejected.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{from: s, values: {a: open}, unknown: on_hold}", "x", CaseStatus.OnHold)]
    [InlineData("{from: s, values: {a: open}, unknown: null}", "x", CaseStatus.Unspecified)]
    [InlineData("{from: s, values: {a: open}, ignore_case: true}", "A", CaseStatus.Open)]
    [InlineData("{from: s, values: {a: open}, default: new}", "", CaseStatus.New)]
    [InlineData("{from: s, lower: true, values: {a: open}}", "A", CaseStatus.Open)]
    [InlineData("{from: s, pattern: '^(?<code>[0-9]) - '}", "2 - Medium", null)]
    [InlineData("{from: s, pattern: '^[0-9] - (?<word>.+)$', values: {Medium: open}}", "2 - Medium", CaseStatus.Open)]
    [InlineData("s", "pending_customer", CaseStatus.PendingCustomer)]
    [InlineData("[e, s]", "Closed", CaseStatus.Closed)]
    [InlineData("{const: resolved}", "x", CaseStatus.Resolved)]
    public async Task Status_EveryWayToFillIt_GivesIt(string field, string text, CaseStatus? expected)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"status: {field}"), $"id,s,e\n1,{text},\n");

        Assert.Equal(expected, (Assert.Single(outcomes) as RowOutcome.Mapped)?.Case.Status);
    }

    [Theory]
    [InlineData("c", "DE", "DE")]
    [InlineData("c", "US-CA", "US-CA")]
    [InlineData("c", "Deutschland", null)]
    [InlineData("c", "de", null)]
    [InlineData("{from: c, values: {Deutschland: DE}}", "Deutschland", "DE")]
    public async Task Country_ThatIsNoIsoCode_IsRejected(string field, string text, string? expected)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"customer_country: {field}"), $"id,c\n1,{text}\n");

        Assert.Equal(expected, (Assert.Single(outcomes) as RowOutcome.Mapped)?.Case.CustomerCountry);
    }

    [Fact]
    public void Country_ConstantThatIsNoCode_IsAFault() =>
        Assert.Contains("Germany", Assert.Single(SourceMapping.Parse("m.yaml", Reading.Csv("customer_country: {const: Germany}")).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Normalize_WidthHalf_FoldsDigitsLettersAndKana()
    {
        var yaml = Reading.Csv(
            "customer.phones: p\ncustomer.name_reading: k\nsubject: {from: t, normalize: {form: none, width: keep}}\ndescription: t",
            more: "normalize: {form: NFC, width: half}");

        var outcomes = await Reading.AllAsync(yaml, "id,p,k,t\n１,０３－１２３４,ﾔﾏﾀﾞ ﾎﾟﾝ ｳﾞｨ,ＡＢ　が１～２\n");

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Equal("1", mapped.LocalId);
        Assert.Equal("03-1234", mapped.Case.Customer.Phones[0].Clear);
        Assert.Equal("ヤマダ ポン ヴィ", mapped.Case.Customer.NameReading.Clear);
        Assert.Equal("ＡＢ　が１～２", mapped.Case.Subject.Clear);
        Assert.Equal("AB が1～2", mapped.Case.Description.Clear);
    }

    [Fact]
    public async Task Satisfaction_OnItsScale_GetsAScore()
    {
        var yaml = Reading.Csv("satisfaction.csat: {from: s, scale: [1, 5]}\nsatisfaction.nps: n");

        var outcomes = await Reading.AllAsync(yaml, "id,s,n\n1,4,10\n2,,\n3,6,\n4,1,11\n");

        var first = ((RowOutcome.Mapped)outcomes[0]).Case.Satisfaction;
        Assert.Equal((4.0, 1.0, 5.0, 75.0, 10), (first.Csat, first.CsatMin, first.CsatMax, first.CsatScore, first.Nps));
        Assert.Null(((RowOutcome.Mapped)outcomes[1]).Case.Satisfaction);
        Assert.Equal(["satisfaction.csat", "satisfaction.nps"], outcomes.OfType<RowOutcome.Rejected>().Select(row => row.Field));
    }

    [Fact]
    public async Task Satisfaction_SmallIsBest_TurnsTheScore()
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("satisfaction.csat: {from: s, scale: [6, 1]}"), "id,s\n1,1\n");

        var satisfaction = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Satisfaction;
        Assert.Equal((1.0, 1.0, 6.0, 100.0), (satisfaction.Csat, satisfaction.CsatMin, satisfaction.CsatMax, satisfaction.CsatScore));
    }

    [Theory]
    [InlineData("de-DE", "1.234,50 €", 1_234_500_000L)]
    [InlineData("de-DE", "12,5", 12_500_000L)]
    [InlineData("de-DE", "4.5", null)]
    [InlineData("en-US", "1,234.50", 1_234_500_000L)]
    [InlineData("en-US", "4,5", null)]
    [InlineData("ja-JP", "12000", 12_000_000_000)]
    public async Task Cost_InItsCulture_IsMillionths(string culture, string text, long? micros)
    {
        var yaml = Reading.Csv("repair.cost: {from: c, currency: EUR}", more: $"culture: {culture}");

        var outcomes = await Reading.AllAsync(yaml, $"id,c\n1,\"{text}\"\n");

        Assert.Equal(micros, (Assert.Single(outcomes) as RowOutcome.Mapped)?.Case.Repair.Cost.Micros);
    }

    [Fact]
    public async Task Fields_OfEveryType_AreFilled()
    {
        var yaml = Reading.Csv(
            """
            customer.birth_date: {from: b, format: dd.MM.yyyy}
            customer.emails: [m1, m2]
            customer.addresses: [{lines: [street, house], country: {const: DE}}, {lines: other, country: {const: AT}}]
            hazards: {from: h, split: "/", values: {Rauch: smoke, Brand: fire}}
            tags: {from: h, split: "/"}
            repair.repeat: {from: r, values: {ja: true, nein: false}}
            repair.parts: [{number: part, quantity: {const: 2}}]
            description: {join: [m1, m2], with: " + "}
            messages: [{body: q, author_role: {const: customer}}, {body: a, author_role: {const: agent}}]
            repair.cost: {from: cost, currency: {from: cur, default: EUR}}
            """,
            more: "culture: de-DE");

        var outcomes = await Reading.AllAsync(
            yaml, "id,b,m1,m2,street,house,other,h,r,part,q,a,cost,cur\n1,17.05.1980,a@example.org,b@example.org,Weg,3,,Rauch/Brand,ja,P-1,Frage,,\"1,5\",CHF\n");

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case;
        Assert.Equal("1980-05-17", mapped.Customer.BirthDate.Clear);
        Assert.Equal(["a@example.org", "b@example.org"], mapped.Customer.Emails.Select(email => email.Clear));
        Assert.Equal("DE", Assert.Single(mapped.Customer.Addresses).Country);
        Assert.Equal(["Weg", "3"], mapped.Customer.Addresses[0].Lines.Select(line => line.Clear));
        Assert.Equal(["smoke", "fire"], mapped.Hazards);
        Assert.Equal(["Rauch", "Brand"], mapped.Tags.Select(tag => tag.Clear));
        Assert.True(mapped.Repair.Repeat);
        Assert.Equal(("P-1", 2), (mapped.Repair.Parts[0].Number, mapped.Repair.Parts[0].Quantity));
        Assert.Equal("a@example.org + b@example.org", mapped.Description.Clear);
        Assert.Equal("Frage", Assert.Single(mapped.Messages).Body.Clear);
        Assert.Equal(new Money { Currency = "CHF", Micros = 1_500_000 }, mapped.Repair.Cost);
    }

    [Fact]
    public async Task CustomFields_AreTypedClassedAndSorted()
    {
        var yaml = Reading.Csv(
            "subject: s",
            more: """
                custom_fields:
                  zeit: {from: z, class: technical, type: instant}
                  anzahl: {from: n, class: technical, type: integer}
                  Wetter: {from: w, class: free_text, values: {Regen: rain, Sonne: null}}
                  leer: {from: e, class: technical}
                unmapped: {keep: true, class: demographic}
                """);

        var outcomes = await Reading.AllAsync(yaml, "id,s,z,n,w,e,beruf\n1,a,2026-01-01T00:00:01Z,12,Regen,,Koch\n2,a,,1.5,,,\n");

        var fields = Assert.IsType<RowOutcome.Mapped>(outcomes[0]).Case.CustomFields;
        Assert.Equal(["Wetter", "anzahl", "beruf", "zeit"], fields.Select(field => field.Name));
        Assert.Equal([DataClass.FreeText, DataClass.Technical, DataClass.Demographic, DataClass.Technical], fields.Select(field => field.DataClass));
        Assert.Equal(("rain", 12, "Koch", 1767225601), (fields[0].Text.Clear, fields[1].Integer, fields[2].Text.Clear, fields[3].Instant.Seconds));
        Assert.Equal("custom_fields.anzahl", Assert.IsType<RowOutcome.Rejected>(outcomes[1]).Field);
    }

    [Fact]
    public async Task CustomFields_UnmappedColumnWhoseNameCouldBeAValue_IsCalledByItsPlace()
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", more: "unmapped: keep"), "id,s,a@b.de,c@d.de\n1,x,,later\n2,y,one,two\n");

        Assert.Equal(
            [["unnamed-4"], ["unnamed-3", "unnamed-4"]],
            outcomes.Cast<RowOutcome.Mapped>().Select(row => row.Case.CustomFields.Select(field => field.Name)));
    }

    [Fact]
    public async Task Rows_FilteredGoneAndKept_AreToldApart()
    {
        var yaml = Reading.Csv(
            "status: {from: s, values: {a: open}}",
            more: """
                key: [id, n]
                nulls: ["-"]
                duplicates: latest
                gone: {from: s, equals: 削除}
                filter:
                  - {drop_when: {from: t, equals: テスト}, name: test-cases}
                  - {keep_when: {any: [{from: n, not_in: [x, y]}, {from: s, is_null: true}]}, name: not-x}
                """).Replace("key: id\n", "", StringComparison.Ordinal);

        var outcomes = await Reading.AllAsync(yaml, "id,n,s,t\n1,2,a,\n1,3,削除,\n-,4,a,\n9,9,zzz,テスト\n5,x,a,\n6,x,,\n");

        Assert.Equal(DuplicateRule.Latest, Reading.Mapping(yaml).Duplicates);
        Assert.Equal(["Mapped", "Mapped", "Rejected", "Filtered", "Filtered", "Mapped"], outcomes.Select(row => row.GetType().Name));
        Assert.Equal(("1\u001F2", false), (((RowOutcome.Mapped)outcomes[0]).LocalId, ((RowOutcome.Mapped)outcomes[0]).IsGone));
        Assert.Equal((true, new Case()), (((RowOutcome.Mapped)outcomes[1]).IsGone, ((RowOutcome.Mapped)outcomes[1]).Case));
        Assert.Equal(RejectReason.MissingKey, ((RowOutcome.Rejected)outcomes[2]).Reason);
        Assert.Equal(["test-cases", "not-x"], outcomes.OfType<RowOutcome.Filtered>().Select(row => row.Rule));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    public void Find_TablesOfAnySize_GiveEachWordsOwnAnswer(int words)
    {
        var entries = Enumerable.Range(0, words).ToDictionary(number => $"Wort{number}", number => new TableAnswer<int>(number != 1, number));
        TableAnswer<int>? other = new TableAnswer<int>(true, 99);
        var exact = new ValueTable<int>(entries, unknown: null, ignoreCase: false, line: 1);
        var loose = new ValueTable<int>(entries, other, ignoreCase: true, line: 1);

        Assert.Equal(words, exact.Count);
        Assert.All(entries, entry => Assert.Equal(entry.Value, exact.Find(entry.Key)));
        Assert.All(entries, entry => Assert.Equal(entry.Value, loose.Find(entry.Key.ToUpperInvariant())));
        Assert.All(["WORT0", "Wort", "Wort00", "", "Wort77"], word => Assert.Null(exact.Find(word)));
        Assert.Equal(other, loose.Find("Wort"));
        Assert.Equal(other, new ValueTable<int>(entries, other, ignoreCase: false, line: 1).Find("WORT0"));
    }

    [Fact]
    public async Task Outcome_AsText_HoldsNoValue()
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("customer.name: n"), "id,n\n4711,Planted Name\n");

        Assert.Equal("Mapped cases.csv: row 1, line 2, byte 5", outcomes[0].ToString());
    }
}
