using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>A name says what the thing knows; a folder is a concept.</summary>
public sealed partial class NamesTests
{
    private const int MostLines = 400;

    private static IEnumerable<Type> OwnTypes =>
        Repository
            .Rooms.SelectMany(room => Assembly.Load(room).GetTypes())
            .Where(t => t.FullName!.StartsWith("Assay.") && !t.IsDefined(typeof(CompilerGeneratedAttribute)) && !t.Name.Contains('<'));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => OwnTypes.Where(t => SaysNothing(t.Name)).Select(t => t.FullName).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_empty_names()
    {
        string[] empty = ["FlagManager", "TextHelper", "TextHelpers", "Utils", "DateUtil", "Common", "ChunkerBase", "StoreImpl", "RagService", "Helper`1"];
        empty.ShouldAllBe(n => SaysNothing(n));
        string[] telling = ["Database", "Exposure", "Implication", "CommonTerms", "ServiceName", "Utilisation"];
        telling.ShouldAllBe(n => !SaysNothing(n));
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        var sources = Repository.Under("src/", ".cs").Concat(Repository.Under("tests/", ".cs")).Concat(Repository.Under("bench/Assay.Benchmarks/", ".cs"));
        sources
            .Select(f => (File: f, Said: Namespace(Repository.Text(f)), Meant: Folder(f)))
            .Where(s => s.Said is not null && s.Said != s.Meant)
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_namespace_is_read_from_its_path()
    {
        Folder("src/Assay.Rag/Chunking/Chunk.cs").ShouldBe("Assay.Rag.Chunking");
        Folder("src/Assay/Verdict.cs").ShouldBe("Assay");
        Namespace("using System;\n\nnamespace Assay.Rag;\n").ShouldBe("Assay.Rag");
        Namespace("Console.WriteLine();").ShouldBeNull();
    }

    [Fact]
    public void No_source_file_is_long() =>
        Repository.Under("src/", ".cs").Select(f => (File: f, Lines: Repository.Text(f).Count(c => c == '\n'))).Where(f => f.Lines > MostLines).ShouldBeEmpty();

    [Fact]
    public void The_share_of_public_types_is_printed()
    {
        var shares = Repository.Rooms.Select(room =>
        {
            var types = OwnTypes.Where(t => t.Assembly.GetName().Name == room && !t.IsNested).ToList();
            return $"{room}: {types.Count(t => t.IsPublic)} of {types.Count} types are public";
        });
        var text = string.Join('\n', shares);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        text.ShouldContain("Assay: ");
    }

    private static bool SaysNothing(string name) => EmptyName().IsMatch(name);

    private static string? Namespace(string source) => NamespaceLine().Match(source) is { Success: true } m ? m.Groups["name"].Value : null;

    private static string Folder(string path) => string.Join('.', path.Split('/')[1..^1]);

    [GeneratedRegex(@"(^|[a-z0-9])(Manager|Helper|Util|Common|Base|Impl|Service)s?(`\d+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex NamespaceLine();
}
