namespace Assay.Observability.Logging;

/// <summary>Names of fields whose value is a secret whatever it looks like.</summary>
internal static class SensitiveNames
{
    public const string Replacement = "[secret]";

    private static readonly string[] Names =
    [
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "secret",
        "clientsecret",
        "token",
        "accesstoken",
        "refreshtoken",
        "idtoken",
        "bearertoken",
        "bottoken",
        "apikey",
        "accesskey",
        "secretkey",
        "privatekey",
        "authorization",
        "connectionstring",
    ];

    /// <summary>Compares without case, underscores, hyphens and dots.</summary>
    public static bool Contains(string name)
    {
        // The longest name is 16 characters; a few separators more.
        if (name.Length is < 3 or > 24)
        {
            return false;
        }

        Span<char> letters = stackalloc char[24];
        var count = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.'))
            {
                letters[count++] = char.ToLowerInvariant(c);
            }
        }

        foreach (var known in Names)
        {
            if (letters[..count].SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
