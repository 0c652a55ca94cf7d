using Assay.Flags;
using Assay.Rag.Settings;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Rag;

public sealed class SettingsTests
{
    /// <summary>setting, its default, and a value for file, environment and command line.</summary>
    public static TheoryData<string, string, string, string, string> Settings =>
        new()
        {
            { "dense", "true", "false", "true", "false" },
            { "sparse", "true", "false", "true", "false" },
            { "rerank", "true", "false", "true", "false" },
            { "top_k", "10", "11", "12", "13" },
            { "seed", "42", "1", "2", "3" },
            { "fusion", "zscore", "rrf", "zscore", "rrf" },
            { "chunking", "headings", "windows", "headings", "windows" },
            { "chunk_tokens", "320", "200", "201", "202" },
            { "chunk_overlap", "40", "10", "11", "12" },
            { "gpu_soft_limit_gb", "12", "8", "9.5", "24" },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Default_then_file_then_environment_then_command_line(string name, string byDefault, string file, string env, string cli)
    {
        using var folder = new TemporaryFolder();
        var configuration = folder.Write("assay.json", $$$"""{"rag": {"{{{name}}}": "{{{file}}}"}}""");
        var fromDefault = new SettingWish(name, byDefault, "default");
        var fromFile = new SettingWish(name, file, $"file:assay.json:rag.{name}");
        var variable = "ASSAY__RAG__" + name.ToUpperInvariant();
        var fromEnvironment = new SettingWish(name, env, "env:" + variable);
        var environment = new Dictionary<string, string> { [variable] = env };
        SettingWish[] commandLine = [new SettingWish(name, cli, "cli:--some-option")];

        Shows(ResolvedSettings.Resolve(null, new Dictionary<string, string>(), []), fromDefault);
        Shows(ResolvedSettings.Resolve(configuration, new Dictionary<string, string>(), []), fromFile, fromDefault);
        Shows(ResolvedSettings.Resolve(configuration, environment, []), fromEnvironment, fromDefault, fromFile);
        Shows(ResolvedSettings.Resolve(configuration, environment, commandLine), commandLine[0], fromDefault, fromFile, fromEnvironment);
        Shows(ResolvedSettings.Resolve(null, environment, commandLine), commandLine[0], fromDefault, fromEnvironment);
    }

    [Fact]
    public void Flags_come_after_the_environment_and_before_the_command_line()
    {
        var environment = new Dictionary<string, string> { ["ASSAY__RAG__RERANK"] = "on" };
        var off = RagToggles.Of(new FixedFlags { ["rag_plus_plus"] = false }, "run-1");
        var flagged = ResolvedSettings.Resolve(null, environment, [], off);
        Shows(
            flagged,
            new SettingWish("rerank", "false", "flag:rag_plus_plus"),
            new("rerank", "true", "default"),
            new("rerank", "true", "env:ASSAY__RAG__RERANK")
        );
        Shows(flagged, new SettingWish("sparse", "false", "flag:rag_plus_plus"), new SettingWish("sparse", "true", "default"));
        flagged.Settings.ShouldBe(new RagSettings { Sparse = false, Rerank = false });

        var commanded = ResolvedSettings.Resolve(null, environment, [new SettingWish("rerank", "true", "cli:--enable-rerank")], off);
        commanded.Of("rerank").Source.ShouldBe("cli:--enable-rerank");
        commanded.Settings.ShouldBe(new RagSettings { Sparse = false });
    }

    [Fact]
    public void A_flag_of_one_stage_wins_over_that_of_all_and_one_that_does_not_exist_says_nothing()
    {
        RagToggles.Of(new FixedFlags(), "run-1").ShouldBe(new RagToggles());
        RagToggles
            .Of(new FixedFlags { ["rag_plus_plus"] = false, ["rag_sparse"] = true }, "run-1")
            .ShouldBe(new RagToggles { Sparse = new(IsOn: true, "flag:rag_sparse"), Rerank = new(IsOn: false, "flag:rag_plus_plus") });
    }

    [Fact]
    public void Flags_that_leave_nothing_to_search_with_are_not_followed()
    {
        var nothing = RagToggles.Of(new FixedFlags { ["rag_dense"] = false, ["rag_plus_plus"] = false }, "run-1");
        var resolved = ResolvedSettings.Resolve(null, new Dictionary<string, string>(), [], nothing);
        resolved.Settings.ShouldBe(new RagSettings());
        resolved.With(nothing).ShouldBeSameAs(resolved);
    }

    [Fact]
    public void Settings_are_switched_for_one_question_with_what_they_were_before()
    {
        var resolved = ResolvedSettings.Resolve(null, new Dictionary<string, string> { ["ASSAY__RAG__RERANK"] = "on" }, []);
        var switched = resolved.With(new RagToggles { Rerank = new(IsOn: false, "experiment:reranker_model_test") });
        switched.Settings.ShouldBe(new RagSettings { Rerank = false });
        Shows(
            switched,
            new SettingWish("rerank", "false", "experiment:reranker_model_test"),
            new("rerank", "true", "default"),
            new("rerank", "true", "env:ASSAY__RAG__RERANK")
        );
        resolved.Settings.Rerank.ShouldBeTrue();
    }

    [Fact]
    public void Values_in_force_are_those_that_provenance_shows()
    {
        var resolved = ResolvedSettings.Resolve(null, new Dictionary<string, string> { ["ASSAY__RAG__RERANK"] = "off", ["ASSAY__RAG__TOP_K"] = "7" }, []);
        resolved.Settings.Rerank.ShouldBeFalse();
        resolved.Settings.TopK.ShouldBe(7);
        resolved.Of("rerank").Value.ShouldBe("false");
        resolved.IsOn("rerank").ShouldBeFalse();
        resolved.IsOn("dense").ShouldBeTrue();
        resolved.IsOn("export").ShouldBeTrue();
    }

    [Fact]
    public void All_bad_values_are_in_one_message()
    {
        using var folder = new TemporaryFolder();
        var configuration = folder.Write("assay.json", """{"rag": {"top_k": 0, "seed": "many"}}""");
        var environment = new Dictionary<string, string> { ["ASSAY__RAG__DENSE"] = "maybe" };
        SettingWish[] commandLine = [new("fusion", "0", "cli:--fusion"), new("chunk_tokens", "20", "cli:--chunk-tokens")];
        var fault = Should.Throw<AssayException>(() => ResolvedSettings.Resolve(configuration, environment, commandLine));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldContain("file:assay.json:rag.top_k: '0' is not a whole number from 1 to 1000.");
        fault.Message.ShouldContain("file:assay.json:rag.seed: 'many' is not a whole number.");
        fault.Message.ShouldContain("env:ASSAY__RAG__DENSE: 'maybe' is not true or false.");
        fault.Message.ShouldContain("cli:--fusion: '0' is not zscore or rrf.");
        fault.Message.ShouldContain("chunk_overlap 40 is not less than half of chunk_tokens 20.");
    }

    [Theory]
    [InlineData("""{"rag": {"reranker": true}}""", "rag.reranker")]
    [InlineData("""{"dense": true}""", "no object 'rag'")]
    [InlineData("""{"rag": 3}""", "not a configuration")]
    [InlineData("""{"rag": {""", "not a configuration")]
    [InlineData("", "not a configuration")]
    public void A_configuration_that_is_none_is_refused_by_name(string json, string said)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("assay.json", json);
        var fault = Should.Throw<AssayException>(() => ResolvedSettings.Resolve(path, new Dictionary<string, string>(), []));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldContain(path);
        fault.Message.ShouldContain(said);
    }

    [Fact]
    public void With_both_legs_off_the_message_names_both_sources()
    {
        using var folder = new TemporaryFolder();
        var configuration = folder.Write("assay.json", """{"rag": {"dense": false}}""");
        var environment = new Dictionary<string, string> { ["ASSAY__RAG__SPARSE"] = "0" };
        var fault = Should.Throw<AssayException>(() => ResolvedSettings.Resolve(configuration, environment, []));
        fault.Message.ShouldContain("dense (file:assay.json:rag.dense)");
        fault.Message.ShouldContain("sparse (env:ASSAY__RAG__SPARSE)");
    }

    private static void Shows(ResolvedSettings resolved, SettingWish inForce, params SettingWish[] overrides)
    {
        var shown = resolved.Of(inForce.Setting);
        (shown.Value, shown.Source).ShouldBe((inForce.Value, inForce.Source));
        shown.Overrides.ShouldBe(overrides);
    }

    /// <summary>Flags that are the same for every unit.</summary>
    private sealed class FixedFlags : Dictionary<string, bool>, IFlagReader
    {
        public bool IsEnabled(string flag, in Unit unit, bool fallback = false) => TryGetValue(flag, out var isOn) ? isOn : fallback;

        public string Text(string flag, in Unit unit, string fallback) => fallback;

        public double Number(string flag, in Unit unit, double fallback) => fallback;
    }
}
