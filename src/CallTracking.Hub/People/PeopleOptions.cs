namespace CallTracking.Hub.People;

/// <summary>Whether people say who they are before they see anything.</summary>
internal enum SignInRule
{
    /// <summary>Nobody does: the machine's own users, or holders of the one token, see all.</summary>
    None,

    /// <summary>Everybody does, by an account or a token of his own.</summary>
    Required,
}

/// <summary>What the section <c>web</c> says about people.</summary>
internal sealed record PeopleOptions
{
    /// <summary>Null where hub.yaml does not say: then the address decides, see <see cref="Web.WebAccess"/>.</summary>
    public SignInRule? SignIn { get; init; }

    /// <summary>A proxy stands before the hub, ends TLS and says in X-Forwarded-For who asks; nobody else reaches the listener.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>PEM files of certificate (with its chain) and key, by which the hub itself speaks TLS.</summary>
    public WebTls? Tls { get; init; }

    /// <summary>The group's identity provider; null when its tokens are not taken.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>So many wrong passwords in a row lock an account for strangers.</summary>
    public int LockAfter { get; init; } = 5;

    /// <summary>A session that nobody used for so long is over.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A session is over after so long, used or not.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(12);

    /// <summary>So many wrong tokens a minute, and the address is held off.</summary>
    public int WrongTokensAMinute { get; init; } = 30;

    /// <summary>So many tries to sign in a minute, and the address is held off.</summary>
    public int SignInsAMinute { get; init; } = 10;
}

/// <summary>Certificate and key of the web listener, PEM.</summary>
internal sealed record WebTls(string CertificateFile, string KeyFile);
