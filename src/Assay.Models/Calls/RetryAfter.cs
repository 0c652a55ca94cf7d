using System.Globalization;
using System.Net.Http.Headers;

namespace Assay.Models.Calls;

/// <summary>How long a server asks to wait.</summary>
internal static class RetryAfter
{
    /// <summary>Milliseconds, as Azure OpenAI and OpenAI send beside the standard header.</summary>
    private const string Milliseconds = "retry-after-ms";

    /// <summary>Null when the server does not say, or nothing that can be read; never negative.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (
            headers.NonValidated.TryGetValues(Milliseconds, out var raw)
            && double.TryParse(raw.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var ms)
            && ms is >= 0 and < int.MaxValue
        )
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        var asked = headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }
}
