using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Mail;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of files of mail.</summary>
internal static class MailFormatParser
{
    private static readonly Dictionary<string, MailFile> Files = new() { ["auto"] = MailFile.Auto, ["message"] = MailFile.Message, ["mbox"] = MailFile.Mbox };

    private static readonly Dictionary<string, bool> Quoted = new() { ["keep"] = false, ["drop"] = true };

    public static RecordFormat Parse(YamlMap map, FaultLog faults) => new MailFormat
    {
        File = map.TakeChoice("file", Files, MailFile.Auto),
        Encoding = map.Has("encoding") ? FormatParser.EncodingOf(map, faults) : null,
        DropsQuoted = map.TakeChoice("quoted", Quoted, false),
    };
}
