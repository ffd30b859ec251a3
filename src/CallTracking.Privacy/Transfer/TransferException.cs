namespace CallTracking.Privacy;

/// <summary>What is wrong with a transfer file.</summary>
public enum TransferFault
{
    /// <summary>Another kind of file.</summary>
    NotATransfer,

    /// <summary>Of a later version of the format.</summary>
    OtherFormat,

    /// <summary>Cut off, lengthened or changed, or not signed by whom its header names.</summary>
    Damaged,

    /// <summary>Encrypted to another key.</summary>
    OtherKey,
}

/// <summary>A transfer file cannot be used; nothing of it was. The message says what is wrong and the cure, and nothing of the content.</summary>
public sealed class TransferException(TransferFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public TransferFault Fault { get; } = fault;

    internal static TransferException Damaged(string what, Exception? inner = null) =>
        new(TransferFault.Damaged, $"it is damaged ({what}). Copy it again from where it was made, or have it made again.", inner);
}
