namespace CallTracking.Mapping.Reading.Detection;

/// <summary>An encoding that a file may be in, with the confidence that it is, from 0 to 1.</summary>
internal readonly record struct EncodingReading(SourceEncoding Encoding, double Confidence);
