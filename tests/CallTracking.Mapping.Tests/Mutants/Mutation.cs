using System.Text;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Changes sound content: bytes turned, cut out, doubled, put in, or the end cut off.</summary>
/// <param name="pieces">What is put in: the signs of the kind of file.</param>
internal sealed class Mutation(params string[] pieces)
{
    private readonly byte[][] _pieces = [.. pieces.Select(Encoding.Latin1.GetBytes)];

    /// <summary>A mutant of all of it.</summary>
    public byte[] Of(byte[] sound, Random random) => Of([], sound, [], random);

    /// <summary>A mutant whose head and tail are as they were.</summary>
    public byte[] Of(ReadOnlySpan<byte> head, ReadOnlySpan<byte> sound, ReadOnlySpan<byte> tail, Random random)
    {
        var content = new List<byte>(sound.Length + 64);
        content.AddRange(sound);
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            Change(content, random);
        }

        return [.. head, .. content, .. tail];
    }

    private void Change(List<byte> content, Random random)
    {
        if (content.Count == 0)
        {
            content.Add(0);
        }

        var at = random.Next(content.Count);
        var length = Math.Min(random.Next(1, 40), content.Count - at);
        switch (random.Next(16))
        {
            case < 3:
                content[at] = (byte)random.Next(256);
                break;
            case 3:
                content[at] ^= (byte)(1 << random.Next(8));
                break;
            case < 6:
                content.RemoveAt(at);
                break;
            case < 8:
                content.RemoveRange(at, length);
                break;
            case < 11:
                content.InsertRange(at, content.GetRange(at, length));
                break;
            case 11 when random.Next(4) == 0:
                content.RemoveRange(at, content.Count - at);
                break;
            default:
                content.InsertRange(at, _pieces[random.Next(_pieces.Length)]);
                break;
        }
    }
}
