namespace CallTracking.Privacy;

/// <summary>The runs of candidates among the units of a stretch; each is labelled for itself.</summary>
internal static class NameRuns
{
    public static Walk Of(UnitReader reader) => new(reader);

    /// <summary>Goes over runs without allocating.</summary>
    public struct Walk(UnitReader reader)
    {
        private int _at = UnitReader.First;

        public (int First, int End) Current { get; private set; }

        public readonly Walk GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_at < reader.End && !reader.Units[_at].IsCandidate)
            {
                _at++;
            }

            var first = _at;
            while (_at < reader.End && reader.Units[_at].IsCandidate)
            {
                _at++;
            }

            Current = (first, _at);
            return first < _at;
        }
    }
}
