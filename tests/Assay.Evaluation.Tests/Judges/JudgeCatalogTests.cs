using Assay.Evaluation.Judges;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Tests.Judges;

public sealed class JudgeCatalogTests : IDisposable
{
    private const string Rubric = """
        name: quality
        kind: rubric
        prompt: rubric@1
        model: m
        threshold: 0.7
        scale:
          - { name: good, score: 1, means: { en: right } }
          - { name: bad, score: 0 }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("assay-judges-").FullName;

    public JudgeCatalogTests()
    {
        Write("prompts/rubric@1.yaml", "name: rubric\nversion: 1\ninputs: [input, answer, scale]\nuser: |\n  {{input}} {{answer}} {{scale}}\n");
        Write("prompts/pair@1.yaml", "name: pair\nversion: 1\ninputs: [input, first, second]\nuser: |\n  {{input}} {{first}} {{second}}\n");
        Write("prompts/odd@1.yaml", "name: odd\nversion: 1\ninputs: [answer, mood]\nuser: |\n  {{answer}} {{mood}}\n");
    }

    [Fact]
    public void A_judge_is_read_with_everything_that_its_file_says()
    {
        Write("judges/quality.yaml", Rubric);
        var judge = Load().Find("quality");
        judge.Kind.ShouldBe(JudgeKind.Rubric);
        judge.Prompts.ShouldBe(["rubric@1"]);
        judge.Model.ShouldBe("m");
        judge.Threshold.ShouldBe(0.7);
        judge.Scale.Levels.Select(level => (level.Name, level.Score)).ShouldBe([("good", 1), ("bad", 0)]);
        judge.Scale.Text("en").ShouldBe("The score is one of these words, exactly as it is written:\n- good: right\n- bad\n");
    }

    [Fact]
    public void The_threshold_decides()
    {
        Write("judges/quality.yaml", Rubric);
        var judge = Load().Find("quality");
        judge.Passes(new Judgement(0.7, "", [])).ShouldBe(true);
        judge.Passes(new Judgement(0.69, "I pass it.", [])).ShouldBe(false);
        judge.Passes(new Judgement(null, "", [])).ShouldBeNull();
    }

    [Fact]
    public void Judges_are_made_from_their_files()
    {
        Write(
            "judges/all.yaml",
            Rubric + "\n---\nname: pair\nkind: pairwise\nprompt: pair\n---\nname: both\nkind: panel\nmembers: [quality, offline/overlap]\nrule: majority\n"
        );
        using var client = new ScriptedClient("{}");
        var made = new List<string>();
        JudgeModel Clients(JudgeDefinition judge)
        {
            made.Add(judge.Name);
            return new JudgeModel(client, judge.Model);
        }

        var judges = Load();
        judges.Judges.Select(judge => judge.Name).ShouldBe(["both", "offline/overlap", "pair", "quality"]);
        judges.Create("both", Clients).ShouldBeOfType<PanelJudge>();
        judges.CreatePairwise("pair", Clients).ShouldBeOfType<PairwiseJudge>();
        judges.CreatePairwise("quality", Clients).Fingerprint.ShouldBe(judges.Create("quality", Clients).Fingerprint);
        judges.Create("offline/overlap", Clients).ShouldBeOfType<OfflineJudge>();
        made.ShouldBe(["quality", "pair", "quality", "quality"]);
        Should.Throw<AssayException>(() => judges.Create("pair", Clients)).Message.ShouldContain("compares pairs");
        Should.Throw<AssayException>(() => judges.Find("qualiti")).Message.ShouldBe("No judge 'qualiti'. Known judges: both, offline/overlap, pair, quality.");
    }

    [Theory]
    [InlineData("kind: rubric", "kind: vibes", "'quality' has the kind 'vibes'")]
    [InlineData("name: quality", "name: offline/mine", "is no name of a judge of kind rubric")]
    [InlineData("threshold: 0.7", "threshold: 7", "'threshold: 7' of 'quality' is out of range")]
    [InlineData("threshold: 0.7", "members: [a, b]", "'quality' has 'members:', which a judge of kind rubric does not have")]
    [InlineData("threshold: 0.7", "treshold: 0.7", "unknown key 'treshold'")]
    [InlineData("prompt: rubric@1", "prompt: rubric@2", "'quality': No prompt 'rubric@2'. Known versions of rubric: 1.")]
    [InlineData("prompt: rubric@1", "prompt: odd", "'quality' has no field 'mood', which odd@1 needs")]
    [InlineData("prompt: rubric@1", "prompt: pair", "'quality' has no field 'first', which pair@1 needs")]
    [InlineData("prompt: rubric@1", "description: x", "'quality' has no prompt")]
    [InlineData("model: m", "endpoint: nowhere", "'nowhere' of 'quality' is no address")]
    [InlineData("score: 1,", "score: 5,", "a level of the scale of 'quality' is not complete")]
    [InlineData("name: bad", "name: good", "the scale of 'quality' has fewer than 2")]
    [InlineData("means: { en: right }", "means: { de: richtig }", "a level of the scale of 'quality' is not complete")]
    public void A_fault_is_told_with_its_line(string right, string wrong, string told)
    {
        Rubric.ShouldContain(right);
        var path = Write("judges/quality.yaml", Rubric.Replace(right, wrong));
        var error = Should.Throw<AssayException>(Load);
        error.Message.ShouldStartWith(path + ":");
        error.Message.ShouldContain(told);
    }

    [Theory]
    [InlineData("members: [quality]", "needs 2 to 9 members")]
    [InlineData("members: [quality, nobody]", "'nobody', a member of 'both', is no judge of single answers")]
    [InlineData("members: [quality, pair]", "'pair', a member of 'both', is no judge of single answers")]
    [InlineData("members: [quality, offline/overlap]\nrule: loudest", "'rule: loudest' of 'both' is not known")]
    public void A_panel_has_members_that_score(string lines, string told)
    {
        Write("judges/all.yaml", Rubric + $"\n---\nname: pair\nkind: pairwise\nprompt: pair\n---\nname: both\nkind: panel\n{lines}\n");
        Should.Throw<AssayException>(Load).Message.ShouldContain(told);
    }

    [Fact]
    public void A_name_stands_once()
    {
        Write("judges/a.yaml", Rubric);
        Write("judges/b.yaml", Rubric);
        Should.Throw<AssayException>(Load).Message.ShouldContain("b.yaml:1: 'quality' stands at");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private JudgeCatalog Load() => JudgeCatalog.Load(Path.Combine(folder, "judges"), PromptCatalog.Load(Path.Combine(folder, "prompts")));

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
