namespace Assay.Observability.Slos.Notifying;

/// <summary>Where alerts are sent.</summary>
/// <param name="Address">An http or https address that takes POST.</param>
/// <param name="Secret">Signs each message, at least 16 characters; null for unsigned messages.</param>
public sealed record WebhookOptions(Uri Address, string? Secret)
{
    /// <summary>How often a message is tried. The default is 8, over about four minutes.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>The wait after the first failure; it doubles with each further one, to a minute at most. The default is 1 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer may take. The default is 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many alerts may wait; further ones are dropped and counted. The default is 256.</summary>
    public int QueueLimit { get; init; } = 256;

    /// <summary>Options from the settings; null when no address is set.</summary>
    public static WebhookOptions? Of(ObservabilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AlertWebhookUrl is { } address ? new WebhookOptions(address, options.AlertWebhookSecret) : null;
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Address.GetLeftPart(UriPartial.Path)}{(Secret is null ? "" : ", signed")}";
}
