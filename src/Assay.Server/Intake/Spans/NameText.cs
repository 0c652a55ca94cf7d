using System.Text;
using Assay.Observability.Logging;
using Assay.Server.Intake.Content;

namespace Assay.Server.Intake.Spans;

/// <summary>Names as they are listed: at most <see cref="IntakeLimits.NameChars"/> characters, redacted.</summary>
internal static class NameText
{
    public static string Of(ReadOnlySpan<byte> utf8) => Redactor.Redact(Encoding.UTF8.GetString(TextRedaction.Cut(utf8, IntakeLimits.NameChars)));
}
