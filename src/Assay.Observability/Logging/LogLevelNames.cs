using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>The names of log levels in settings and log lines.</summary>
public static class LogLevelNames
{
    /// <summary>What a setting may say, for messages.</summary>
    public const string Allowed = "TRACE, DEBUG, INFO, WARNING, ERROR or CRITICAL";

    private static readonly string[] Names = ["TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "NONE"];

    /// <summary>The name in log lines: <c>INFO</c>, <c>WARNING</c> and so on.</summary>
    public static string Of(LogLevel level) => Names[(int)level];

    /// <summary>Reads the names of <see cref="Allowed"/> and .NET's own names, in any case.</summary>
    public static bool TryParse(string text, out LogLevel level)
    {
        var index = Array.FindIndex(Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        level = index >= 0 ? (LogLevel)index : default;
        // Enum.TryParse would take "3" and "17" too.
        return index >= 0 || (text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out level) && Enum.IsDefined(level));
    }
}
