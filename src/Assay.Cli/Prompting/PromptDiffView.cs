using Assay.Cli.Showing;

namespace Assay.Cli.Prompting;

/// <summary>
/// A difference of prompts for a terminal of 80 columns: <c>[-removed-]{+added+}</c> inside the text, lines without a change cut down to the ones
/// beside a change.
/// </summary>
internal static class PromptDiffView
{
    private const int Width = 78;
    private const string Cut = "  …";

    public static async Task WriteAsync(TextWriter output, PromptDiffReport report)
    {
        foreach (var line in Lines(report))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(PromptDiffReport report) =>
        report.Same
            ? [$"{report.Old} and {report.New} ask a model the same."]
            :
            [
                $"{report.Old} → {report.New}    [-removed-] {{+added+}}",
                .. report.Settings.SelectMany(setting => SettingLines(setting)),
                .. TextLines("system", report.System),
                .. TextLines("user", report.User),
            ];

    private static IEnumerable<string> SettingLines(ChangedSetting setting) =>
        PassageView.Wrap($"[-{setting.Old}-] {{+{setting.New}+}}", Width).Select(line => "  " + line).Prepend($"{setting.Name}:").Prepend("");

    private static IEnumerable<string> TextLines(string role, IReadOnlyList<TextPart> parts)
    {
        if (parts.Count == 0)
        {
            return [];
        }

        var lines = string.Concat(parts.Select(Marked)).Split('\n');
        var changed = lines.Select(line => line.Contains("[-") || line.Contains("{+") || line.Contains("-]") || line.Contains("+}")).ToArray();
        return Shortened(lines, changed).Prepend($"{role}:").Prepend("");
    }

    /// <summary>Marks each line of a change by itself, so that a line can be read alone.</summary>
    private static string Marked(TextPart part) =>
        part.Kind == PartKind.Same
            ? part.Text
            : string.Join(
                '\n',
                part.Text.Split('\n')
                    .Select(line =>
                        line.Length == 0 ? line
                        : part.Kind == PartKind.Removed ? $"[-{line}-]"
                        : $"{{+{line}+}}"
                    )
            );

    private static IEnumerable<string> Shortened(string[] lines, bool[] changed)
    {
        var cut = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var shown = changed[i] || (i > 0 && changed[i - 1]) || (i + 1 < lines.Length && changed[i + 1]);
            if (!shown)
            {
                if (!cut)
                {
                    yield return Cut;
                }

                cut = true;
                continue;
            }

            cut = false;
            foreach (var line in lines[i].Trim().Length == 0 ? [""] : PassageView.Wrap(lines[i], Width).Select(part => "  " + part))
            {
                yield return line;
            }
        }
    }
}
