using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Contracts;

/// <summary>Reads YAML as far as it is nested no deeper than <see cref="YamlNesting"/> lets through.</summary>
public static class BoundedYaml
{
    /// <summary>The documents of a text.</summary>
    /// <exception cref="YamlTooDeepException">The text is nested deeper; nothing behind that place was read.</exception>
    public static YamlStream Load(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new CountedLevels(new Parser(new StringReader(yaml))));
        return stream;
    }

    private sealed class CountedLevels(Parser events) : IParser
    {
        private int _open;

        public ParsingEvent? Current => events.Current;

        public bool MoveNext()
        {
            var isMore = events.MoveNext();
            _open += Current switch
            {
                _ when !isMore => 0,
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            return _open <= YamlNesting.Most ? isMore : throw new YamlTooDeepException(Current!.Start);
        }
    }
}

/// <summary>YAML that is nested too deep.</summary>
/// <param name="at">Where the level after the last allowed one opens.</param>
public sealed class YamlTooDeepException(in Mark at) : YamlException(at, at, YamlNesting.Message);
