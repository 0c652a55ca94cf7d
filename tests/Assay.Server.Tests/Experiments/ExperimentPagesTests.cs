using System.Net;
using Assay.Server.Tests.Flags;
using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Experiments;

public sealed class ExperimentPagesTests(PagesFixture pages, ExperimentPagesHub experiments) : IClassFixture<ExperimentPagesHub>
{
    private static readonly string[] Pages = ["list", "winner", "mismatch"];

    private static readonly string[] States = ["winner-past", "inconclusive", "slow", "not-begun", "widest", "missing", "empty"];

    public static TheoryData<string, Look> Visits => Look.Visits(Pages, States);

    private RunningHub Hub => experiments.Hub;

    [Theory]
    [MemberData(nameof(Visits))]
    public Task A_page_of_experiments_is_accessible_fits_its_width_and_complains_of_nothing(string page, Look look) =>
        pages.ShouldBeSoundAsync(Hub, "experiments", page, PathOf(page), look);

    [Fact]
    public async Task The_list_tells_what_each_has_come_to_and_what_wants_a_person_comes_first()
    {
        var text = await TextAsync("/experiments");
        var order = new[] { "slow_answers", "sample_ratio_mismatch", "sample_clear_winner", "sample_inconclusive", "stopped_early" };
        order.Select(name => text.IndexOf($"\"/experiments/{name}\"", StringComparison.Ordinal)).ShouldBeInOrder();
        text.ShouldContain("Roll back");
        text.ShouldContain("Give treatment to all");
        text.ShouldContain("generated data");
    }

    [Theory]
    [InlineData("sample_clear_winner", "Ship", "treatment is better, and no guardrail is at risk")]
    [InlineData("sample_ratio_mismatch", "Review", "The data cannot be trusted: no winner is named")]
    [InlineData("sample_inconclusive", "Continue", "No goal is proven yet")]
    [InlineData("slow_answers", "Roll back", "treatment breaks a guardrail")]
    [InlineData("not_begun", "Continue", "Nobody takes part yet")]
    public async Task The_decision_and_its_reason_stand_first(string experiment, string word, string headline)
    {
        var text = await TextAsync($"/experiments/{experiment}");
        text.ShouldContain(headline);
        text.IndexOf(word, StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("id=\"health\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_a_sample_ratio_mismatch_no_goal_has_a_verdict_of_better()
    {
        var text = await TextAsync("/experiments/sample_ratio_mismatch");
        text.ShouldContain("Fault");
        text.ShouldNotContain(">Better<");
    }

    [Fact]
    public async Task Without_script_the_page_says_the_same()
    {
        var text = await TextAsync("/experiments/sample_clear_winner");
        text.ShouldContain("<details class=\"chart-data\" open");
        text.ShouldContain("class=\"ci\"");
        text.ShouldContain("margin +60\u00a0ms");
        text.ShouldContain(">50\u00a0%<");
        text.ShouldContain("Distribution of latency_ms");
        text.ShouldContain("always valid");
    }

    [Fact]
    public async Task In_Russian_the_pages_speak_Russian()
    {
        (await TextAsync("/experiments", "ru")).ShouldContain("Откатить");
        var winner = await TextAsync("/experiments/sample_clear_winner", "ru");
        winner.ShouldContain("treatment лучше, ограничения выдержаны");
        winner.ShouldContain("лучше quality mean +0,0");
        winner.ShouldContain("Группы держат свои доли");
        (await TextAsync("/experiments/sample_ratio_mismatch", "ru")).ShouldContain("Группы не держат своих долей");
        (await TextAsync("/experiments/slow_answers", "ru")).ShouldContain("ограничение хуже допуска: latency_ms p50 +");
        (await TextAsync("/experiments/sample_inconclusive", "ru")).ShouldContain("Ещё нужно: ");
    }

    [Fact]
    public async Task The_other_experiments_of_the_layer_stand_below_with_what_they_have_come_to()
    {
        var winner = await TextAsync("/experiments/sample_clear_winner");
        var below = winner[winner.IndexOf("Other experiments in this layer", StringComparison.Ordinal)..];
        below.ShouldContain("<a href=\"/experiments/not_begun\">not_begun</a>");
        below.ShouldContain("Nobody takes part yet");
        below.ShouldContain("50\u00a0%–100\u00a0%");
        below.ShouldNotContain(">slow_answers<");

        var other = await TextAsync("/experiments/not_begun", "ru");
        below = other[other.IndexOf("Другие эксперименты этого слоя", StringComparison.Ordinal)..];
        below.ShouldContain(">sample_clear_winner</a>");
        below.ShouldContain("Выпускать");
        (await TextAsync("/experiments/slow_answers")).ShouldNotContain("Other experiments in this layer");
    }

    [Fact]
    public async Task A_past_look_is_shown_as_it_stood()
    {
        var now = await TextAsync("/experiments/sample_clear_winner");
        var then = await TextAsync("/experiments/sample_clear_winner?asOf=2026-03-03T12:00");
        then.ShouldContain("as of 3\u00a0Mar 2026, 12:00\u00a0UTC");
        then.ShouldNotContain("treatment is better, and no guardrail is at risk");
        now.ShouldContain("treatment is better, and no guardrail is at risk");
    }

    [Theory]
    [InlineData("html", "text/html")]
    [InlineData("md", "text/markdown")]
    [InlineData("json", "application/json")]
    public async Task The_report_is_a_file(string format, string type)
    {
        var answer = await Answered.GetAsync(Hub.Client, $"/experiments/sample_clear_winner/report.{format}");
        answer.Status.ShouldBe(200);
        answer.ContentType.ShouldBe(type);
        answer.Headers["content-disposition"].ShouldStartWith("attachment");
        answer.Text.ShouldContain("sample_clear_winner");
        (await Answered.GetAsync(Hub.Client, $"/experiments/none/report.{format}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_look_is_remembered_by_who_may_write_and_by_nobody_else()
    {
        using var anonymous = PageForm.Anonymous(Hub);
        (await new PageForm(anonymous).SendAsync("/flags/none/explain", "/experiments/stopped_early", "look", [])).Status.ShouldBe(401);
        var form = new PageForm(await Hub.SignInAsync());
        (await form.PostAsync("/experiments/stopped_early", [("_handler", "look")])).Status.ShouldBe(400);
        (await LooksAsync("stopped_early")).ShouldBe(0);

        var looked = await form.SendAsync("/experiments/stopped_early", "/experiments/stopped_early", "look", []);
        looked.Status.ShouldBe(302, looked.Text);
        (await LooksAsync("stopped_early")).ShouldBe(1);
        _ = await TextAsync("/experiments/stopped_early");
        (await LooksAsync("stopped_early")).ShouldBe(1, "reading remembers nothing");
    }

    [Fact]
    public async Task The_widest_experiment_stays_a_page()
    {
        var text = await TextAsync("/experiments/widest");
        text.ShouldContain("and 890 more");
        text.ShouldContain("arm_19");
        text.Length.ShouldBeLessThan(600_000);
    }

    [Fact]
    public async Task What_a_file_wrote_is_text()
    {
        foreach (
            var path in new[]
            {
                "/experiments",
                "/experiments/not_begun",
                "/experiments/%3Cscript%3Ealert(1)",
                "/experiments/not_begun?asOf=%3Cscript%3E&metric=%3Cscript%3E",
            }
        )
        {
            await using var visit = await pages.LookAsync(Hub, path, Look.Desktop);
            (await visit.Page.Locator("img, script:not([src]), [onerror]").CountAsync()).ShouldBe(0, path);
        }
    }

    [Fact]
    public async Task The_empty_page_names_the_step_that_fills_it() =>
        (await Answered.GetAsync((await pages.Empty).Client, "/experiments", ("Accept-Language", "en"))).Text.ShouldContain("ranking_test.yaml");

    private async Task<int> LooksAsync(string experiment) =>
        (await Answered.GetAsync(Hub.Client, $"/api/v1/experiments/{experiment}/looks")).Json.GetProperty("looks").GetArrayLength();

    private async Task<string> TextAsync(string path, string language = "en") =>
        WebUtility.HtmlDecode((await Answered.GetAsync(Hub.Client, path, ("Accept-Language", language))).Text);

    private static string PathOf(string page) =>
        page switch
        {
            "winner" => "/experiments/sample_clear_winner",
            "winner-past" => "/experiments/sample_clear_winner?asOf=2026-03-06T12:00&metric=latency_ms%20p50%20treatment",
            "mismatch" => "/experiments/sample_ratio_mismatch",
            "inconclusive" => "/experiments/sample_inconclusive",
            "slow" => "/experiments/slow_answers",
            "not-begun" => "/experiments/not_begun",
            "widest" => "/experiments/widest",
            "missing" => "/experiments/none",
            _ => "/experiments",
        };
}
