namespace Assay.Server.Flags.Ofrep;

/// <summary>Error codes of the protocol.</summary>
internal static class OfrepError
{
    public const string ParseError = "PARSE_ERROR";
    public const string InvalidContext = "INVALID_CONTEXT";
    public const string TargetingKeyMissing = "TARGETING_KEY_MISSING";
    public const string FlagNotFound = "FLAG_NOT_FOUND";
    public const string General = "GENERAL";
}

/// <summary>A request that cannot be evaluated, for a reason that the protocol has a code for.</summary>
internal sealed class OfrepException(string code, string details, Exception? inner = null) : Exception(details, inner)
{
    /// <summary>One of <see cref="OfrepError"/>.</summary>
    public string Code { get; } = code;
}
