using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Assay.Experimentation.Hosting;

/// <summary>Reads <see cref="ExperimentationOptions"/> from a configuration; all faults are told in one message.</summary>
internal static class ExperimentationSettings
{
    private const string AddressRange = "an http or https address without user and password";
    private const string PathRange = "a path";
    private const int MaxTokenChars = 4096;

    private static readonly Setting[] All =
    [
        new("Hub", AddressRange, (o, v) => TryAddress(v) is { } address && Set(() => o.Hub = address)),
        new("Token", "1 to 4096 characters without line breaks", (o, v) => IsText(v, MaxTokenChars) && Set(() => o.Token = v)) { IsSecret = true },
        new("TokenFile", PathRange, (o, v) => IsPath(v) && Set(() => o.TokenFile = v)),
        new("Catalog", PathRange, (o, v) => IsPath(v) && Set(() => o.Catalog = v)),
        new("SnapshotPath", "a path, or nothing to keep no snapshot", (o, v) => (v.Length == 0 || IsPath(v)) && Set(() => o.SnapshotPath = v)),
        new(
            "PollInterval",
            "a time from 00:00:01 to 01:00:00",
            (o, v) => TimeSpan.TryParse(v, CultureInfo.InvariantCulture, out var t) && Set(() => o.PollInterval = t)
        ),
        new("EventBuffer", "a whole number from 1 to 1000000", (o, v) => TryWhole(v, out var n) && Set(() => o.EventBuffer = n)),
        new("RememberedExposures", "a whole number from 1 to 10000000", (o, v) => TryWhole(v, out var n) && Set(() => o.RememberedExposures = n)),
    ];

    /// <summary>Defaults, then the configuration, then <paramref name="configure"/>.</summary>
    /// <exception cref="AssayException">One or more values are wrong; the message names each with what it may be (exit code 2).</exception>
    public static ExperimentationOptions Read(IConfiguration? configuration, Action<ExperimentationOptions>? configure)
    {
        var options = new ExperimentationOptions();
        var faults = new List<string>();
        foreach (var entry in configuration?.GetSection(ExperimentationOptions.Section).GetChildren() ?? [])
        {
            Read(entry, options, faults);
        }

        configure?.Invoke(options);
        faults.AddRange(Check(options));
        return faults.Count == 0
            ? options
            : throw AssayException.Usage(
                string.Join(" ", faults),
                $"Correct these settings in section {ExperimentationOptions.Section} or in the environment, or leave them out."
            );
    }

    private static void Read(IConfigurationSection entry, ExperimentationOptions options, List<string> faults)
    {
        // The environment's names have underscores where a reader wants them: EVENT_BUFFER and EventBuffer are the same.
        var name = entry.Key.Replace("_", "", StringComparison.Ordinal);
        var value = entry.Value?.Trim() ?? "";
        if (All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } setting)
        {
            faults.Add($"{entry.Path} is no setting; there are {string.Join(", ", All.Select(s => s.Name))}.");
        }
        else if (!setting.TrySet(options, value))
        {
            faults.Add($"{entry.Path} is {(setting.IsSecret ? "set" : $"'{value}'")} but may be {setting.Range}.");
        }
    }

    private static IEnumerable<string> Check(ExperimentationOptions options)
    {
        if (options.PollInterval < TimeSpan.FromSeconds(1) || options.PollInterval > TimeSpan.FromHours(1))
        {
            yield return $"PollInterval is {options.PollInterval} but may be a time from 00:00:01 to 01:00:00.";
        }

        if (options.EventBuffer is < 1 or > 1_000_000)
        {
            yield return $"EventBuffer is {options.EventBuffer} but may be a whole number from 1 to 1000000.";
        }

        if (options.RememberedExposures is < 1 or > 10_000_000)
        {
            yield return $"RememberedExposures is {options.RememberedExposures} but may be a whole number from 1 to 10000000.";
        }
    }

    // A password in an address would be logged with it.
    private static Uri? TryAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 ? address : null;

    private static bool TryWhole(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsText(string value, int longest) => value.Length >= 1 && value.Length <= longest && !value.Any(char.IsControl);

    private static bool IsPath(string value) => value.Length > 0 && !value.Contains('\0');

    private static bool Set(Action set)
    {
        set();
        return true;
    }

    private sealed record Setting(string Name, string Range, Func<ExperimentationOptions, string, bool> TrySet)
    {
        /// <summary>Whether its value must not be told.</summary>
        public bool IsSecret { get; init; }
    }
}
