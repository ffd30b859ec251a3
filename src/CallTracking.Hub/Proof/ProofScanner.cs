using System.Collections;
using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Hub.Proof;

/// <summary>Looks through stored cases once more: which forms their values have, which receipts, and, in as many as are asked for, what the detectors find in their texts now.</summary>
internal sealed class ProofScanner(RuleBook book)
{
    private readonly TextDetection _detection = new();
    private readonly Dictionary<(string Country, DataClass Class, string Form), long> _forms = [];
    private readonly Dictionary<(string Place, string Version, string Detectors), long> _receipts = [];
    private readonly Dictionary<(string Where, string Country, string Entity, bool IsText), long> _findings = [];
    private long _cases;
    private long _withoutReceipt;
    private long _texts;
    private long _codes;

    /// <summary>Takes in a case as it is stored; its forms and receipts are counted whether its texts are searched or not.</summary>
    public void Look(ReadOnlySpan<byte> record, string subject, string description, bool searches)
    {
        var value = CaseLayout.Join(record, new CaseTexts(subject, description));
        var rules = book.Policies.RulesFor(value);
        _cases += searches ? 1 : 0;
        _withoutReceipt += value.Redactions.Count == 0 ? 1 : 0;
        foreach (var receipt in value.Redactions.Select(receipt => (receipt.Place.ToString().ToLowerInvariant(), receipt.PolicyVersion, receipt.DetectorVersion)).Distinct())
        {
            _receipts[receipt] = _receipts.GetValueOrDefault(receipt) + 1;
        }

        Walk(value, "", DataClass.Unspecified, new Stored(ProofGround.Of(value).Name, value, rules, searches));
    }

    /// <summary>Takes in a text that stands elsewhere in the database, where nothing personal belongs.</summary>
    public void LookAt(string where, string text)
    {
        _codes++;
        Count(where, "", _detection.Look(text, "", "", null), isText: false);
    }

    public ProofScan Scan(long stored) => new(
        _cases >= stored, _cases, _withoutReceipt, _texts, _codes,
        [.. _findings.Select(entry => new ProofFinding(entry.Key.Where, entry.Key.Country, entry.Key.Entity, entry.Value, entry.Key.IsText)).OrderBy(finding => (finding.Where, finding.Country, finding.Entity))]);

    public IReadOnlyList<ProofForm> Forms() =>
    [
        .. _forms.OrderBy(entry => (entry.Key.Country, entry.Key.Class, entry.Key.Form)).Select(entry => new ProofForm(
            entry.Key.Country, DataClassNames.Of(entry.Key.Class), entry.Key.Form, entry.Value)),
    ];

    public IReadOnlyList<ProofReceipt> Receipts() =>
        [.. _receipts.OrderBy(entry => entry.Key).Select(entry => new ProofReceipt(entry.Key.Place, entry.Key.Version, entry.Key.Detectors, entry.Value))];

    private void Walk(IMessage message, string path, DataClass inherited, in Stored of)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            var declared = DataClasses.Of(field);
            var dataClass = declared is DataClass.Inherited or DataClass.Unspecified ? inherited : declared;
            if (message is CustomField custom)
            {
                dataClass = declared == DataClass.Technical ? declared : custom.DataClass;
            }

            // A time as the source wrote it is one, and no rule of dates about persons is for it.
            if (message is not CaseTime)
            {
                foreach (var item in Items(message, field))
                {
                    Take(item, name, dataClass, of);
                }
            }
        }
    }

    private void Take(object item, string path, DataClass dataClass, in Stored of)
    {
        switch (item)
        {
            case RedactionReceipt:
                break;
            case PersonalText { FormCase: not PersonalText.FormOneofCase.None } text:
                TakeForm(text, path, dataClass, of);
                break;
            case IMessage message:
                Walk(message, path, dataClass, of);
                break;
            case string { Length: > 0 } code when of.IsSearched:
                _codes++;
                Count(path, of.Country, _detection.Look(code, of.Case, of.Rules), isText: false);
                break;
        }
    }

    private void TakeForm(PersonalText text, string path, DataClass dataClass, in Stored of)
    {
        var key = (of.Country, dataClass, text.FormCase.ToString().ToLowerInvariant());
        _forms[key] = _forms.GetValueOrDefault(key) + 1;
        if (of.IsSearched && Readable(text) is { Length: > 0 } words && dataClass is DataClass.FreeText or DataClass.FileName or DataClass.Technical)
        {
            _texts++;
            Count(path, of.Country, _detection.Look(words, of.Case, of.Rules), isText: dataClass != DataClass.Technical);
        }
    }

    private static string? Readable(PersonalText text) => text.FormCase switch
    {
        PersonalText.FormOneofCase.Clear => text.Clear,
        PersonalText.FormOneofCase.Masked => text.Masked,
        PersonalText.FormOneofCase.Generalized => text.Generalized,
        _ => null,
    };

    private void Count(string where, string country, TextVerdict verdict, bool isText)
    {
        foreach (var finding in verdict.Findings)
        {
            var key = (where, country, finding.Entity, isText);
            _findings[key] = _findings.GetValueOrDefault(key) + 1;
        }
    }

    private static IEnumerable<object> Items(IMessage message, FieldDescriptor field)
    {
        if (field.IsMap || (field.FieldType is not (FieldType.Message or FieldType.String)))
        {
            return [];
        }

        var value = field.Accessor.GetValue(message);
        return value is IList list ? list.Cast<object>() : value is null ? [] : [value];
    }

    private readonly record struct Stored(string Country, Case Case, CompiledRules Rules, bool IsSearched);
}
