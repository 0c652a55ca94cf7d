using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Dashboards;

/// <summary>A dashboard of <c>deploy/grafana</c> as Grafana reads it.</summary>
internal sealed partial class DashboardFile
{
    private readonly JsonElement json;

    private DashboardFile(string path, JsonElement json)
    {
        (Path, this.json) = (path, json);
        Panels = [.. json.GetProperty("panels").EnumerateArray().SelectMany(Within).Where(p => Text(p, "type") != "row")];
        Queries = [.. Panels.SelectMany(p => p.GetProperty("targets").EnumerateArray().Select(t => new PanelQuery(Name, Text(p, "title"), Text(t, "expr"))))];
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Uid => Text(json, "uid");

    /// <summary>Panels that show something, those of rows included.</summary>
    public IReadOnlyList<JsonElement> Panels { get; }

    public IReadOnlyList<PanelQuery> Queries { get; }

    public IReadOnlyList<JsonElement> Variables => [.. json.GetProperty("templating").GetProperty("list").EnumerateArray()];

    /// <summary>All dashboards that ship.</summary>
    public static IReadOnlyList<DashboardFile> All() =>
        [.. Directory.EnumerateFiles(RepositoryFolder.Of("deploy/grafana"), "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>A query as Grafana sends it with every variable at All and short windows.</summary>
    public string Filled(string expression)
    {
        var text = Window().Replace(expression, "15s");
        foreach (var variable in Variables.Where(v => Text(v, "type") == "query"))
        {
            text = text.Replace($"${Text(variable, "name")}", Text(variable, "allValue"), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A text of an object; empty when it has none of that name.</summary>
    public static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DashboardFile Read(string path) => new(path, JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    private static IEnumerable<JsonElement> Within(JsonElement panel) =>
        panel.TryGetProperty("panels", out var inner) ? inner.EnumerateArray().SelectMany(Within).Prepend(panel) : [panel];

    [GeneratedRegex(@"\$__(rate_)?interval", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Window();
}

/// <summary>A query of a panel.</summary>
/// <param name="Dashboard">The dashboard.</param>
/// <param name="Panel">The panel's title.</param>
/// <param name="Expression">What it asks Prometheus, with variables.</param>
internal sealed record PanelQuery(string Dashboard, string Panel, string Expression);
