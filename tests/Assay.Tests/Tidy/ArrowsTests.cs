using System.Reflection;
using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>Which room may see which. The table is the rule; a new project starts here.</summary>
public sealed partial class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Assay"] = [],
        ["Assay.Observability"] = ["Assay"],
        ["Assay.Models"] = ["Assay", "Assay.Observability"],
        ["Assay.Rag"] = ["Assay", "Assay.Models", "Assay.Observability"],
        ["Assay.Butler"] = ["Assay", "Assay.Models", "Assay.Observability"],
        // A benchmark runs a target that it is handed: it knows no workload.
        ["Assay.Evaluation"] = ["Assay", "Assay.Models"],
        ["Assay.Experimentation"] = ["Assay"],
        // A canary moves a flag's percentage.
        ["Assay.Releases"] = ["Assay", "Assay.Experimentation"],
        ["Assay.Embedded"] = ["Assay"],
        ["Assay.Cluster"] = ["Assay"],
    };

    private static readonly string[] Surfaces = ["Assay.Server", "Assay.Cli"];

    // The host chooses exporters; everyone else uses ActivitySource, Meter and ILogger.
    private static readonly string[] SeeOpenTelemetry = ["Assay.Observability", "Assay.Server", "Assay.Cli"];

    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var faults = Repository.Rooms.SelectMany(room => Faults(room, References($"src/{room}/{room}.csproj", "ProjectReference")));
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Compiled_assemblies_reference_only_what_the_table_allows()
    {
        var faults = Repository.Rooms.SelectMany(room => Faults(room, Compiled(room)));
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_references_the_command_but_tests_and_benchmarks()
    {
        Repository
            .Projects.Where(p => !p.StartsWith("tests/") && !p.StartsWith("bench/"))
            .Where(p => References(p, "ProjectReference").Contains("Assay.Cli"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_hosts_use_OpenTelemetry()
    {
        foreach (var room in Repository.Rooms.Except(SeeOpenTelemetry))
        {
            References($"src/{room}/{room}.csproj", "PackageReference").Where(IsOpenTelemetry).ShouldBeEmpty(room);
            Compiled(room).Where(IsOpenTelemetry).ShouldBeEmpty(room);
            Repository.Under($"src/{room}/", ".cs").Where(f => UsesOpenTelemetry(Repository.Text(f))).ShouldBeEmpty(room);
        }
    }

    [Fact]
    public void The_architecture_page_draws_the_table()
    {
        var rooms = Repository.Rooms;
        var table = rooms.SelectMany(room => rooms.Where(other => other != room && MaySee(room, other)).Select(other => $"{room} --> {other}"));
        DrawnArrows(Repository.Text("docs/architecture.md")).ShouldBe(table, ignoreOrder: true);
    }

    [Fact]
    public void Arrows_are_read_from_a_drawing() =>
        DrawnArrows("```mermaid\n  A[\"Assay\"]\n  R[\"Assay.Rag\"]\n  R --> A\n```\n```mermaid\n  x --> y\n```").ShouldBe(["Assay.Rag --> Assay"]);

    [Fact]
    public void The_rule_sees_forbidden_arrows()
    {
        Faults("Assay.Rag", ["Assay", "Assay.Models"]).ShouldBeEmpty();
        Faults("Assay.Models", ["Assay.Rag"]).ShouldHaveSingleItem();
        Faults("Assay.Evaluation", ["Assay.Rag", "Assay.Butler"]).Count().ShouldBe(2);
        Faults("Assay.Server", ["Assay.Rag", "Assay.Cli"]).ShouldHaveSingleItem();
        Faults("Assay.Cli", ["Assay.Server", "Assay.Rag"]).ShouldBeEmpty();
        Faults("Assay.Unheard", []).ShouldHaveSingleItem();
        UsesOpenTelemetry("using OpenTelemetry.Trace;").ShouldBeTrue();
        UsesOpenTelemetry("var x = new OpenTelemetry.Resources.Resource();").ShouldBeTrue();
        UsesOpenTelemetry("// the OpenTelemetry SDK reads it").ShouldBeFalse();
    }

    private static IEnumerable<string> Faults(string room, IEnumerable<string> references)
    {
        if (!Allowed.ContainsKey(room) && !Surfaces.Contains(room))
        {
            return [$"{room} is not in the table of arrows: say what it may see, and why it is a project."];
        }

        return references.Where(r => IsRoom(r) && !MaySee(room, r)).Select(r => $"{room} must not see {r}");
    }

    private static bool MaySee(string room, string other) =>
        room switch
        {
            "Assay.Cli" => true,
            "Assay.Server" => other != "Assay.Cli",
            _ => Allowed[room].Contains(other),
        };

    private static IEnumerable<string> References(string project, string kind) =>
        Repository.Xml(project).Descendants(kind).Select(e => (string?)e.Attribute("Include") ?? "").Select(Name);

    private static IEnumerable<string> DrawnArrows(string page)
    {
        var rooms = Node().Matches(page).ToDictionary(m => m.Groups["id"].Value, m => m.Groups["room"].Value);
        var arrows = Arrow().Matches(page).Select(m => (From: m.Groups["from"].Value, To: m.Groups["to"].Value));
        return arrows.Where(a => rooms.ContainsKey(a.From) && rooms.ContainsKey(a.To)).Select(a => $"{rooms[a.From]} --> {rooms[a.To]}");
    }

    private static string Name(string include) => include.EndsWith(".csproj") ? Path.GetFileNameWithoutExtension(include.Replace('\\', '/')) : include;

    private static IEnumerable<string> Compiled(string room) => Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name ?? "");

    private static bool IsRoom(string name) => name == "Assay" || name.StartsWith("Assay.");

    private static bool IsOpenTelemetry(string name) => name == "OpenTelemetry" || name.StartsWith("OpenTelemetry.");

    private static bool UsesOpenTelemetry(string source) => source.Split('\n').Any(l => !l.TrimStart().StartsWith("//") && OpenTelemetryName().IsMatch(l));

    [GeneratedRegex(@"(?<![\w.""])OpenTelemetry(\.[A-Z]|;)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenTelemetryName();

    [GeneratedRegex(@"^\s*(?<id>\w+)\[""(?<room>Assay(\.\w+)?)""\]\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Node();

    [GeneratedRegex(@"^\s*(?<from>\w+) --> (?<to>\w+)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Arrow();
}
