namespace CallTracking.Hub.Alarms;

/// <summary>Section <c>alarms</c> of hub.yaml. The page, the log and the metric are there without it.</summary>
internal sealed record AlarmOptions
{
    /// <summary>Null when there is none.</summary>
    public WebhookOptions? Webhook { get; init; }

    /// <summary>Null when there is none.</summary>
    public MailOptions? Mail { get; init; }
}

/// <summary>Where alarms are posted.</summary>
/// <param name="Url">https, or this machine. May hold a secret in its path: never logged.</param>
/// <param name="SecretFile">The key that signs what is posted; read each time.</param>
internal sealed record WebhookOptions(Uri Url, string SecretFile);

/// <summary>How the way to the mail server is kept private.</summary>
internal enum MailTls
{
    /// <summary>From the first byte: port 465.</summary>
    Implicit,

    /// <summary>By STARTTLS, without which nothing is sent: port 587.</summary>
    StartTls,

    /// <summary>Not at all; for a relay on the hub's own machine.</summary>
    None,
}

/// <summary>By which server alarms are mailed, and to whom.</summary>
internal sealed record MailOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required MailTls Tls { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Null: the server asks nobody.</summary>
    public string? User { get; init; }

    /// <summary>Read each time.</summary>
    public string? PasswordFile { get; init; }
}
