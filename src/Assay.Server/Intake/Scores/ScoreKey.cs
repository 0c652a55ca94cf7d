using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Stores;

namespace Assay.Server.Intake.Scores;

/// <summary>
/// The idempotency key of a score that brings none: made of trace, span, kind and name. A score that comes as an event of its span and again over
/// <c>POST /api/v1/scores</c> with the same span has the same key, and counts once; one that names no span cannot be told to be the same.
/// </summary>
internal static class ScoreKey
{
    /// <summary>Longer names stand in keys by their first characters and a hash; with trace, span, kind and number a key stays within 128 characters.</summary>
    public const int LongestName = 64;

    private const int HashDigits = 32;

    /// <summary>The key.</summary>
    /// <param name="trace">The trace; without one there is no key, and it is empty.</param>
    /// <param name="span">The span; not present when the score is of the trace.</param>
    /// <param name="kind">Who gave it.</param>
    /// <param name="name">What was scored.</param>
    /// <param name="number">1 for the first score of that kind and name on a span, 2 for the second.</param>
    public static string Of(TraceId trace, SpanId span, ScoreKind kind, string name, int number = 1)
    {
        if (!trace.IsPresent)
        {
            return "";
        }

        var key = $"{trace}/{(span.IsPresent ? span : "")}/{kind.ToString().ToLowerInvariant()}/{Short(name)}";
        return number == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}/{number}");
    }

    private static string Short(string name) =>
        name.Length <= LongestName
            ? name
            : name[..(LongestName - HashDigits)] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
}
