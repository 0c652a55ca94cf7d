using System.Net;
using System.Text;
using Assay.Releases.Ledger;
using Assay.Server.Overview;
using Assay.Server.Releases;
using Assay.Server.Surface.Reading;
using Assay.Server.Tests.Flags;
using Assay.Server.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Releases;

public sealed class ReleasePagesTests(PagesFixture pages, ReleasePagesHub releases) : IClassFixture<ReleasePagesHub>
{
    private static readonly string[] Pages = ["list", "running", "broken"];

    private static readonly string[] States =
    [
        "running-first-step",
        "running-ledger",
        "promoted",
        "by-hand",
        "unseen",
        "probed",
        "gated",
        "fresh",
        "rollback",
        "promote",
        "ended",
        "missing",
        "empty",
    ];

    public static TheoryData<string, Look> Visits => Look.Visits(Pages, States);

    private RunningHub Hub => releases.Hub;

    [Theory]
    [MemberData(nameof(Visits))]
    public Task A_page_of_releases_is_accessible_fits_its_width_and_complains_of_nothing(string page, Look look) =>
        pages.ShouldBeSoundAsync(Hub, "releases", page, PathOf(page), look);

    [Fact]
    public async Task The_list_tells_what_runs_first_with_its_share_and_what_has_not_begun_last()
    {
        var text = await TextAsync("/releases");
        string[] order = ["rag_plus_plus@1.9.0", "shop@1.5.0", "shop@1.4.0", "\"/releases/fresh\""];
        order.Select(id => text.IndexOf(id, StringComparison.Ordinal)).ShouldBeInOrder();
        text.ShouldContain("Canary, step 2 of 3");
        text.ShouldContain(">25\u00a0%<");
        text.ShouldContain("Rolled back");
        text.ShouldContain("Promoted");
        text.ShouldContain("assay release gate fresh --version");
        text.ShouldContain("href=\"/releases\" aria-current=\"page\"", customMessage: "the navigation has the page");
    }

    [Theory]
    [InlineData("rag_plus_plus@1.9.0", "Inconclusive", "Hold at 25\u00a0%: reranker fallbacks is not decided")]
    [InlineData("shop@1.5.0", "Rolled back", "Rolled back from 20\u00a0%: errors broke")]
    [InlineData("shop@1.4.0", "Promoted", "All traffic was the candidate's, until 1.5.0 began")]
    [InlineData("hostile@0.1.0", "Rolled back", "Rolled back from 20\u00a0% by hand")]
    [InlineData("digest@2.0.0", "No data", "Hold at 10\u00a0%: relevance cannot be seen")]
    [InlineData("cache@2.1.0", "Rolled back", "Rolled back from 10\u00a0%: memory broke")]
    [InlineData("taken@1.0.0", "Inconclusive", "Hold at 20\u00a0%: the traffic is not this step's")]
    [InlineData("waived@1.0.0", "Promoted", "All traffic is the candidate's")]
    [InlineData("gated@3.0.0", "Inconclusive", "The gate is closed: not everything is proven")]
    public async Task The_decision_and_its_reason_stand_first(string release, string word, string headline)
    {
        var text = await TextAsync($"/releases/{release}");
        text.ShouldContain(headline);
        text.IndexOf(word, StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("id=\"steps\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_another_came_after_leads_to_it_and_claims_no_traffic()
    {
        var text = await TextAsync("/releases/shop@1.4.0");
        text.ShouldContain("href=\"/releases/shop@1.5.0\"");
        text.ShouldContain("Came after it");
        // What would be rolled back is the later one's traffic.
        text.ShouldNotContain("/releases/shop@1.4.0/rollback");
        (await TextAsync("/releases/shop@1.5.0")).ShouldNotContain("Came after it");
        var list = await TextAsync("/releases");
        list[list.IndexOf("/releases/shop@1.4.0", StringComparison.Ordinal)..].Split("</tr>")[0].ShouldContain("class=\"num p2\">–<");
    }

    [Fact]
    public async Task A_running_canary_tells_its_steps_metrics_boundary_approvals_and_ledger()
    {
        var text = await TextAsync("/releases/rag_plus_plus@1.9.0");
        text.ShouldContain("2 of 2 pieces of evidence pass");
        text.ShouldContain("6\u00a0looks, 18,000\u00a0requests");
        text.ShouldContain("14\u00a0looks, 42,000\u00a0requests");
        text.ShouldContain("1 of 2");
        text.ShouldContain("reranker fallbacks is 1.2");
        text.ShouldContain("more of the canary decide it");
        text.ShouldContain("The longest hold ends in");
        text.ShouldContain("Ratings fine, relevance up.");
        text.ShouldContain("chain verified 14:30 UTC");
        text.ShouldContain("memory_leak");
        text.ShouldContain("5\u00a0min 12\u00a0s".Replace(' ', '\u00a0'));
        text.ShouldContain("The last step waits for its approvals.");
        text.ShouldContain("download=\"rag_plus_plus@1.9.0.jsonl\"");
    }

    [Fact]
    public async Task Traffic_that_is_not_the_steps_is_the_reason_and_the_order_says_that_it_would_be_refused()
    {
        var text = await TextAsync("/releases/taken@1.0.0");
        text.ShouldContain("<span lang=\"en\">Held. The split cannot be read, or somebody else wrote it");
        text.ShouldNotContain("too short or too few");
        (await TextAsync("/releases/taken@1.0.0", "ru")).ShouldContain("Держать на 20\u00a0%: трафик не соответствует этому шагу");
        (await TextAsync("/releases/taken@1.0.0/promote")).ShouldContain("Refused while the traffic is not this step's");
    }

    [Fact]
    public async Task A_canary_that_a_person_helped_over_a_step_was_not_proven_at_each()
    {
        var text = await TextAsync("/releases/waived@1.0.0");
        text.ShouldNotContain("at each step");
        text.ShouldContain("the proof was waived by order at 1 of 2 steps.");
        (await TextAsync("/releases/waived@1.0.0", "ru")).ShouldContain("пройдено шагов: 1 из 2.");
        (await TextAsync("/releases/shop@1.4.0")).ShouldNotContain("waived");
    }

    [Fact]
    public async Task A_probe_has_its_value_its_limit_its_course_and_what_it_answered_and_no_control()
    {
        var text = await TextAsync("/releases/cache@2.1.0");
        text.ShouldContain("The probe memory fails (503.0\u00a0MB; at most 500.0\u00a0MB).");
        text.ShouldContain("memory: http://127.0.0.1:5081/metrics failed 3 times in a row");
        text.ShouldContain("ready: http://127.0.0.1:5081/readyz answered 200.");
        text.ShouldContain("Guardrail, probe");
        text.ShouldContain("memory by look, MB");
        text.ShouldContain("It failed at look 11.");
        text.ShouldNotContain("ready by look", customMessage: "a status has no course");
        var russian = await TextAsync("/releases/cache@2.1.0", "ru");
        russian.ShouldContain("Проверка memory не пройдена (503,0\u00a0МБ; не выше 500,0\u00a0МБ).");
        russian.ShouldContain("Ограничение, проверка");
    }

    [Fact]
    public async Task Without_script_the_page_says_the_same()
    {
        var text = await TextAsync("/releases/rag_plus_plus@1.9.0");
        text.ShouldContain("<details class=\"chart-data\" open");
        text.ShouldContain("class=\"ci\"");
        text.ShouldContain(">+1.20\u00a0pp<");
        text.ShouldContain("reranker fallbacks by look");
        (await TextAsync("/releases/rag_plus_plus@1.9.0?step=1")).ShouldContain(" · 3,000\u00a0requests");
        (await TextAsync("/releases/rag_plus_plus@1.9.0?ledger=all")).ShouldContain("Look 14 at 25\u00a0%: inconclusive");
    }

    [Fact]
    public async Task In_Russian_the_pages_speak_Russian()
    {
        (await TextAsync("/releases", "ru")).ShouldContain("Канарейка, шаг 2 из 3");
        var text = await TextAsync("/releases/rag_plus_plus@1.9.0", "ru");
        text.ShouldContain("Держать на 25\u00a0%: reranker fallbacks не решено");
        text.ShouldContain("допустимо +1,20");
        text.ShouldContain("цепочка проверена в 14:30 UTC");
        text.ShouldContain("14\u00a0просмотров");
        (await TextAsync("/releases/shop@1.5.0", "ru")).ShouldContain("Откачен с 20\u00a0%: нарушено errors");
        (await TextAsync("/releases/shop@1.4.0/rollback", "ru")).ShouldContain("Откатить shop@1.4.0?");
    }

    [Fact]
    public async Task The_evidence_bundle_is_the_ledger_of_the_release_and_its_chain_is_whole()
    {
        var bundle = (await Answered.GetAsync(Hub.Client, "/api/v1/ledger?release=shop%401.4.0")).Text;
        var check = new ChainCheck();
        foreach (var line in bundle.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            check.Take(Encoding.UTF8.GetBytes(line)).ShouldBeTrue();
        }

        check.End().LeftOut.ShouldBeGreaterThan(0);
        (await TextAsync("/releases/shop@1.4.0")).ShouldContain("href=\"/api/v1/ledger?release=shop%401.4.0\"");
    }

    [Fact]
    public async Task A_name_alone_leads_to_its_newest_version()
    {
        using var browser = PageForm.Anonymous(Hub);
        (await new PageForm(browser).GetAsync("/releases/shop")).Location.ShouldBe("/releases/shop@1.5.0");
        (await TextAsync("/releases/fresh")).ShouldContain("No version of this release has begun.");
        (await Answered.GetAsync(Hub.Client, "/releases/none@1")).Status.ShouldBe(404);
        (await Answered.GetAsync(Hub.Client, "/releases/gated@3.0.0/rollback")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("rollback/", "Roll back rag_plus_plus@1.9.0?")]
    [InlineData("Rollback", "Roll back rag_plus_plus@1.9.0?")]
    [InlineData("promote/", "Promote rag_plus_plus@1.9.0 to ")]
    [InlineData("PROMOTE", "Promote rag_plus_plus@1.9.0 to ")]
    public async Task An_address_in_another_spelling_asks_for_the_same_act(string act, string question) =>
        (await TextAsync($"/releases/rag_plus_plus@1.9.0/{act}")).ShouldContain(question);

    [Fact]
    public async Task What_people_and_files_wrote_is_text()
    {
        foreach (var path in new[] { "/releases", "/releases/hostile@0.1.0", "/releases/hostile@0.1.0?ledger=all", "/releases/%3Cscript%3Ealert(1)" })
        {
            await using var visit = await pages.LookAsync(Hub, path, Look.Desktop);
            (await visit.Page.Locator("img, script:not([src]), [onerror]").CountAsync()).ShouldBe(0, path);
        }
    }

    [Fact]
    public async Task The_empty_page_names_the_step_that_fills_it() =>
        (await Answered.GetAsync((await pages.Empty).Client, "/releases", ("Accept-Language", "en"))).Text.ShouldContain("new_ranking.yaml");

    [Fact]
    public async Task What_moved_releases_is_told_to_the_overview_and_by_service()
    {
        var told = Hub.Hub.Services.GetServices<IHappenings>().OfType<ReleaseHappenings>().Single();
        var window = new TimeWindow(StandingClock.Now.AddDays(-1), StandingClock.Now.AddMinutes(1), TimeSpan.FromMinutes(30));
        var all = await told.ListAsync(window, service: null, 10, CancellationToken.None);
        all.ShouldContain(h => h.Href == "/releases/rag_plus_plus@1.9.0" && h.What.En == "Traffic at 25\u00a0%");
        all.ShouldNotContain(h => h.Subject == "shop@1.4.0", "it was earlier");
        (await told.ListAsync(window, "rag-service", 10, CancellationToken.None)).Count.ShouldBe(all.Count);
        (await told.ListAsync(window, "other", 10, CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task<string> TextAsync(string path, string language = "en") =>
        WebUtility.HtmlDecode((await Answered.GetAsync(Hub.Client, path, ("Accept-Language", language))).Text);

    private static string PathOf(string page) =>
        page switch
        {
            "running" => "/releases/rag_plus_plus@1.9.0",
            "running-first-step" => "/releases/rag_plus_plus@1.9.0?step=1",
            "running-ledger" => "/releases/rag_plus_plus@1.9.0?ledger=all",
            "broken" => "/releases/shop@1.5.0",
            "promoted" => "/releases/shop@1.4.0",
            "by-hand" => "/releases/hostile@0.1.0",
            "unseen" => "/releases/digest@2.0.0",
            "probed" => "/releases/cache@2.1.0",
            "gated" => "/releases/gated@3.0.0",
            "fresh" => "/releases/fresh",
            "rollback" => "/releases/rag_plus_plus@1.9.0/rollback",
            "promote" => "/releases/rag_plus_plus@1.9.0/promote",
            "ended" => "/releases/shop@1.5.0/rollback",
            "missing" => "/releases/none@1.0.0",
            _ => "/releases",
        };
}
