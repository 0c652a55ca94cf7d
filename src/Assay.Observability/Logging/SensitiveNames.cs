using System.Collections;
using System.Globalization;

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

    /// <summary>A message that was made before anybody looked at the names of its parts, without the text of a field whose name is one of these.</summary>
    public static string TakeOut(string message, in KeyValuePair<string, object?> field) =>
        Contains(field.Key) && TextOf(field.Value) is { Length: > 0 } secret ? message.Replace(secret, Replacement, StringComparison.Ordinal) : message;

    // Lists as .NET's formatters write them, but for brackets that some put around.
    private static string TextOf(object? value) =>
        value is IEnumerable items and not string
            ? string.Join(", ", items.Cast<object?>().Select(item => item is null ? "(null)" : Convert.ToString(item, CultureInfo.InvariantCulture)))
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

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
