using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Dictionaries in files beside the mapping.</summary>
public sealed class LookupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-lookup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "P1", "Lamp")]
    [InlineData("", "P9", null)]
    [InlineData(", unknown: null", "P9", "")]
    [InlineData(", unknown: keep", "P9", "P9")]
    [InlineData(", ignore_case: true", "p1", "Lamp")]
    [InlineData("", "P3", "")]
    public async Task Lookup_OfACode_GivesItsText(string keys, string code, string? expected)
    {
        Write("products.csv", "code,name\nP1,Lamp\nP2,Fan\nP2,Fan\nP3,\n");
        var mapping = Load($"inquiry_type: {{from: p, lookup: {{file: products.csv, key: code, value: name{keys}}}}}").Mapping!;

        await using var reader = mapping.OpenReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"id,p\n1,{code}\n")), "cases.csv");
        var outcome = Assert.Single(await Reading.AllAsync(reader));

        Assert.Equal(expected, (outcome as RowOutcome.Mapped)?.Case.InquiryType);
        Assert.Equal(expected is null ? RejectReason.UnmappedValue : null, (outcome as RowOutcome.Rejected)?.Reason);
    }

    [Fact]
    public async Task Lookup_InAJsonFile_JoinsAnotherExport()
    {
        Write("users.json", """[{"_id": 7, "name": "Ann", "profile": {"mail": "ann@example.org"}}, {"_id": 8, "name": "Bob"}]""");
        var mapping = Load("""
            customer.name: {from: by, lookup: {file: users.json, format: {type: json}, key: _id, value: name}}
            customer.emails: {from: by, lookup: {file: users.json, format: {type: json}, key: _id, value: profile.mail}}
            """).Mapping!;

        await using var reader = mapping.OpenReader(new MemoryStream("id,by\n1,7\n2,8\n"u8.ToArray()), "cases.csv");
        var customers = (await Reading.AllAsync(reader)).Cast<RowOutcome.Mapped>().Select(row => row.Case.Customer).ToList();

        Assert.Equal(["Ann", "Bob"], customers.Select(customer => customer.Name.Clear));
        Assert.Equal([1, 0], customers.Select(customer => customer.Emails.Count));
    }

    [Fact]
    public void Lookup_WithRowsThatContradict_IsAFaultOfItsFileAndLine()
    {
        Write("products.csv", "code,name\nP1,Lamp\nP1,Fan\n\"P2\n");

        var faults = Load("inquiry_type: {from: p, lookup: {file: products.csv, key: code, value: name}}").Faults;

        Assert.Equal([("products.csv", 3), ("products.csv", 4)], faults.Select(fault => (Path.GetFileName(fault.File), fault.Line)));
        Assert.DoesNotContain(faults, fault => fault.Message.Contains("Fan", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("status: {from: s, lookup: {file: t.csv, key: code, value: meaning}}", "'opn' is no value of status", "'open'")]
    [InlineData("status: {from: s, lookup: {file: t.csv, key: code, value: meaning, unknown: keep}, default: new}", "'opn' is no value of status", "'open'")]
    [InlineData("customer_country: {from: s, lookup: {file: t.csv, key: code, value: meaning}}", "'opn' is no value of customer_country", "the two letters of ISO 3166-1, such as DE")]
    [InlineData("opened: {from: s, lookup: {file: t.csv, key: code, value: meaning}}", "an answer of 3 characters is no value of opened", "field's type")]
    [InlineData("repair.cost: {from: s, currency: EUR, lookup: {file: t.csv, key: code, value: meaning}}", "an answer of 3 characters is no value of repair.cost", "field's type")]
    [InlineData("messages: [{body: s, author_role: {from: s, lookup: {file: t.csv, key: code, value: meaning}}}]", "'opn' is no value of author_role", "agent")]
    public void Lookup_AnsweringWhatItsFieldCannotBe_IsAFaultOfItsLine(string field, string said, string cure)
    {
        Write("t.csv", "code,meaning\n1,opn\n2,\n3,opn\n");

        var fault = Assert.Single(Load(field).Faults);

        Assert.Equal(("t.csv", 2), (Path.GetFileName(fault.File), fault.Line));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, fault.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status: {from: s, lookup: {file: t.csv, key: code, value: meaning}, values: {opn: open}, unknown: reject}")]
    [InlineData("inquiry_type: {from: s, lookup: {file: t.csv, key: code, value: meaning}}")]
    [InlineData("tags: {from: s, lookup: {file: t.csv, key: code, value: meaning}}")]
    public void Lookup_OfATextOrBehindATable_MayAnswerAnything(string field)
    {
        Write("t.csv", "code,meaning\n1,opn\n");

        Assert.Empty(Load(field).Faults);
    }

    [Fact]
    public void Lookup_OfATypedCustomField_IsCheckedToo()
    {
        Write("t.csv", "code,meaning\n1,5\n2,many\n");

        var fault = Assert.Single(Load("subject: s", "custom_fields: {parts: {from: s, class: technical, type: integer, lookup: {file: t.csv, key: code, value: meaning}}}").Faults);

        Assert.Equal(("t.csv", 3), (Path.GetFileName(fault.File), fault.Line));
        Assert.Contains("no value of custom_fields.parts", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{file: missing.csv, key: code, value: name}", "cannot be read")]
    [InlineData("{file: products.csv, key: cod, value: name}", "'cod'")]
    [InlineData("{file: products.csv, key: code}", "a lookup has")]
    [InlineData("{file: products.csv, key: code, value: name, unknown: guess}", "'guess'")]
    public void Lookup_ThatCannotBeUsed_IsAFaultOfTheMapping(string lookup, string said)
    {
        Write("products.csv", "code,name\nP1,Lamp\n");

        var fault = Assert.Single(Load($"inquiry_type: {{from: p, lookup: {lookup}}}").Faults);

        Assert.Equal(("mapping.yaml", 7), (Path.GetFileName(fault.File), fault.Line));
        Assert.Contains(said, fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Digest_OfAMapping_ChangesWithItsLookups()
    {
        const string Field = "inquiry_type: {from: p, lookup: {file: products.csv, key: code, value: name}}";
        Write("products.csv", "code,name\nP1,Lamp\n");
        var before = Load(Field).Mapping!.Digest;

        Write("products.csv", "code,name\nP1,Fan\n");

        Assert.NotEqual(before, Load(Field).Mapping!.Digest);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private MappingLoad Load(string fields, string more = "")
    {
        Write("mapping.yaml", Reading.Csv(fields, more));
        return SourceMapping.Load(Path.Combine(_folder, "mapping.yaml"));
    }
}
