using System.Security.Cryptography;

namespace CallTracking.Hub.Audit;

/// <summary>The root of a Merkle tree as RFC 6962 builds it, leaf by leaf, in the memory of its height.</summary>
internal sealed class MerkleTree
{
    /// <summary>Before what a leaf is the hash of: no leaf passes for a node.</summary>
    public const byte LeafPrefix = 0;

    private const byte NodePrefix = 1;

    // Roots of full subtrees, the largest first; of equal ones two become one.
    private readonly Stack<(byte[] Root, int Height)> _full = new();

    /// <summary>Adds a leaf's hash.</summary>
    public void Add(byte[] leaf)
    {
        var (root, height) = (leaf, 0);
        while (_full.TryPeek(out var left) && left.Height == height)
        {
            _full.Pop();
            (root, height) = (Node(left.Root, root), height + 1);
        }

        _full.Push((root, height));
    }

    /// <summary>The root over all leaves so far; of none, the hash of nothing.</summary>
    public byte[] Root()
    {
        if (_full.Count == 0)
        {
            return SHA256.HashData([]);
        }

        // From the smallest subtree on, which stands on the right.
        var roots = _full.ToArray();
        return roots.Skip(1).Aggregate(roots[0].Root, (right, left) => Node(left.Root, right));
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([NodePrefix, .. left, .. right]);
}
