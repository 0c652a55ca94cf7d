using System.Net;
using Assay.Server.Tests.Pages;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Flags;

public sealed class FlagPagesTests(PagesFixture pages, FlagPagesHub flags) : IClassFixture<FlagPagesHub>
{
    private static readonly string[] Pages = ["list", "flag", "edit", "explain"];

    private static readonly string[] States = ["list-stale", "list-none", "flag-killed", "flag-missing", "edit-variants", "kill", "restore", "empty"];

    public static TheoryData<string, Look> Visits => Look.Visits(Pages, States);

    private RunningHub Hub => flags.Hub;

    [Theory]
    [MemberData(nameof(Visits))]
    public Task A_page_of_flags_is_accessible_fits_its_width_and_complains_of_nothing(string page, Look look) =>
        pages.ShouldBeSoundAsync(Hub, "flags", page, PathOf(page), look);

    [Fact]
    public async Task The_list_says_state_shares_and_who_decided_last_and_what_needs_a_look_comes_first()
    {
        var text = await TextAsync("/flags");
        text.ShouldContain("Killed");
        text.ShouldContain("3\u00a0rules, then on\u00a024.5\u00a0%, off\u00a075.5\u00a0%");
        text.ShouldContain("The canary held for a day.");
        text.ShouldContain("Decided for everybody");
        text.IndexOf("/flags/long_answers", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("/flags/hybrid_search", StringComparison.Ordinal));
        text.IndexOf("/flags/hybrid_search", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("/flags/digest_v2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?q=SEARCH", "hybrid_search", "digest_v2")]
    [InlineData("?state=killed", "long_answers", "digest_v2")]
    [InlineData("?state=off", "digest_v2", "long_answers")]
    [InlineData("?state=changed", "rag_plus_plus", "digest_v2")]
    [InlineData("?state=stale", "hybrid_search", "digest_v2")]
    public async Task The_list_is_filtered_by_text_and_state(string query, string has, string lacks)
    {
        var text = await TextAsync("/flags" + query);
        text.ShouldContain($"\"/flags/{has}\"");
        text.ShouldNotContain($"\"/flags/{lacks}\"");
    }

    [Fact]
    public async Task The_page_of_a_flag_reads_its_rules_as_sentences_and_tells_what_was_decided()
    {
        var text = Plain(await TextAsync("/flags/rag_plus_plus"));
        text.ShouldContain("If group is one of staff, dev, serve on.");
        text.ShouldContain("If app_version is at least (semver) 2.4.0 and plan is one of trial, serve off.");
        text.ShouldContain("Roll out on 25 %; the rest goes on.");
        text.ShouldContain("The others get on 24.5 %, off 75.5 %.");
        text.ShouldContain("shares: on 5 % → on 24.5 %");
        text.ShouldContain("shares: none → on 5 %");
    }

    [Fact]
    public async Task In_Russian_the_pages_speak_Russian()
    {
        (await TextAsync("/flags", "ru")).ShouldContain("3\u00a0правила, затем on\u00a024,5\u00a0%");
        var flag = Plain(await TextAsync("/flags/rag_plus_plus", "ru"));
        flag.ShouldContain("Если group — одно из staff, dev, отдать on.");
        flag.ShouldContain("Остальные получают on 24,5 %, off 75,5 %.");
        (await TextAsync("/flags/rag_plus_plus/kill", "ru")).ShouldContain("Остановить rag_plus_plus?");
        (await TextAsync("/flags/rag_plus_plus/edit", "ru")).ShouldContain("Изменить rag_plus_plus");
    }

    [Theory]
    [InlineData("kill/", "Kill rag_plus_plus?")]
    [InlineData("Kill", "Kill rag_plus_plus?")]
    [InlineData("RESTORE", "Restore rag_plus_plus?")]
    [InlineData("Reset/", "Put rag_plus_plus back to its file?")]
    public async Task An_address_in_another_spelling_asks_for_the_same_act(string act, string question) =>
        (await TextAsync($"/flags/rag_plus_plus/{act}")).ShouldContain(question);

    [Fact]
    public async Task What_people_and_files_wrote_is_text()
    {
        await flags.ChangeAsync("hostile", $$"""{"rollout": {"on": 1}, "reason": {{System.Text.Json.JsonSerializer.Serialize(FlagPagesHub.Hostile)}} }""");
        foreach (
            var path in new[]
            {
                "/flags",
                "/flags/hostile",
                "/flags/hostile/edit",
                "/flags/hostile/explain",
                "/flags/hostile/kill",
                "/flags/%3Cscript%3Ealert(1)",
                "/flags?q=%3Cscript%3Ealert(1)",
            }
        )
        {
            await using var visit = await pages.LookAsync(Hub, path, Look.Desktop);
            (await visit.Page.ContentAsync()).ShouldContain("script", customMessage: path);
            (await visit.Page.Locator("img, script:not([src]), [onerror]").CountAsync()).ShouldBe(0, path);
        }
    }

    [Fact]
    public async Task Ten_thousand_flags_are_read_by_pages()
    {
        var folder = Directory.CreateTempSubdirectory("assay-many-").FullName;
        var catalog = Directory.CreateDirectory(Path.Combine(folder, "catalog", "flags")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(catalog, "many.yaml"),
            string.Join("---\n", Enumerable.Range(0, 10_000).Select(i => $"name: flag_{i:d5}\n")),
            TestContext.Current.CancellationToken
        );
        await using (var hub = await RunningHub.StartAsync(time: new StandingClock(), folder: folder))
        {
            var first = (await Answered.GetAsync(hub.Client, "/flags", ("Accept-Language", "en"))).Text;
            first.ShouldContain("10,000");
            first.ShouldContain("flag_00049");
            first.ShouldNotContain("flag_00050");
            first.Length.ShouldBeLessThan(200_000);
            var last = (await Answered.GetAsync(hub.Client, "/flags?skip=99999", ("Accept-Language", "en"))).Text;
            last.ShouldContain("flag_09999");
            last.ShouldNotContain("rel=\"next\"");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_wrong_file_is_told_with_its_line_and_the_flags_stay()
    {
        var folder = Directory.CreateTempSubdirectory("assay-fault-").FullName;
        FlagPagesHub.WriteCatalog(folder);
        await using (var hub = await RunningHub.StartAsync(folder: folder))
        {
            var wrong = Path.Combine(folder, "catalog", "flags", "wrong.yaml");
            await File.WriteAllTextAsync(wrong, "name: wrong\ndefault: maybe\n", TestContext.Current.CancellationToken);
            var text = await Eventually.GetAsync(
                async () => WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, "/flags", ("Accept-Language", "en"))).Text),
                t => t.Contains("not in force", StringComparison.Ordinal),
                "no fault is told"
            );
            text.ShouldContain("wrong.yaml:1");
            text.ShouldContain("rag_plus_plus");
            (await Answered.GetAsync(hub.Client, "/flags/rag_plus_plus", ("Accept-Language", "ru"))).Text.ShouldContain("wrong.yaml:1");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_empty_page_names_the_step_that_fills_it() =>
        (await Answered.GetAsync((await pages.Empty).Client, "/flags", ("Accept-Language", "en"))).Text.ShouldContain("new_ranking.yaml");

    private async Task<string> TextAsync(string path, string language = "en") =>
        WebUtility.HtmlDecode((await Answered.GetAsync(Hub.Client, path, ("Accept-Language", language))).Text);

    // A page's words without its tags.
    private static string Plain(string html) =>
        System.Text.RegularExpressions.Regex.Replace(
            System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "", default, Patience.Longest).Replace('\u00a0', ' '),
            @"\s+",
            " ",
            default,
            Patience.Longest
        );

    private static string PathOf(string page) =>
        page switch
        {
            "list-stale" => "/flags?state=stale",
            "list-none" => "/flags?q=nothing-like-this",
            "flag" => "/flags/rag_plus_plus",
            "flag-killed" => "/flags/long_answers",
            "flag-missing" => "/flags/none",
            "edit" => "/flags/rag_plus_plus/edit",
            "edit-variants" => "/flags/new_chunking_strategy/edit",
            "kill" => "/flags/rag_plus_plus/kill",
            "restore" => "/flags/long_answers/restore",
            "explain" => "/flags/rag_plus_plus/explain",
            _ => "/flags",
        };
}
