using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Flags;

/// <summary>Flags are changed by forms, by whom may, with what they meant.</summary>
public sealed class FlagFormsTests(PagesFixture pages) : IAsyncLifetime
{
    private readonly FlagPagesHub flags = new();

    private RunningHub Hub => flags.Hub;

    public ValueTask InitializeAsync() => flags.InitializeAsync();

    public ValueTask DisposeAsync() => flags.DisposeAsync();

    [Fact]
    public async Task A_signed_in_person_kills_a_flag_with_a_reason_and_undoes_it()
    {
        var form = new PageForm(await Hub.SignInAsync());

        var killed = await form.SendAsync(
            "/flags/hybrid_search/kill",
            "/flags/hybrid_search/kill",
            "confirm",
            [("reason", "Answers without sources."), ("version", "0")]
        );
        killed.Status.ShouldBe(302, killed.Text);
        (await StateAsync("hybrid_search")).ShouldBe("killed");
        var shown = await form.GetAsync(killed.Location!);
        shown.Text.ShouldContain("hybrid_search is killed.");
        shown.Text.ShouldContain("“Answers without sources.”");
        shown.Text.ShouldContain("name=\"reason\" value=\"Undo of version 1.\"");

        var undone = await form.SendAsync(killed.Location!, "/flags/hybrid_search/restore", "confirm", [("reason", "Undo of version 1."), ("version", "1")]);
        undone.Status.ShouldBe(302, undone.Text);
        (await StateAsync("hybrid_search")).ShouldBe("on");
        var audit = (await Answered.GetAsync(Hub.Admin, "/api/v1/audit")).Text;
        audit.ShouldContain("flag.killed");
        audit.ShouldContain("Answers without sources.");
        audit.ShouldContain("flag.restored");
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_done_and_the_form_says_so()
    {
        var form = new PageForm(await Hub.SignInAsync());

        var refused = await form.SendAsync("/flags/hybrid_search/kill", "/flags/hybrid_search/kill", "confirm", [("reason", "  "), ("version", "0")]);

        refused.Status.ShouldBe(400);
        refused.Text.ShouldContain("The reason has 0 characters.");
        (await StateAsync("hybrid_search")).ShouldBe("on");
    }

    [Theory]
    [InlineData("kill", "confirm")]
    [InlineData("reset", "confirm")]
    [InlineData("edit", "flag")]
    public async Task Who_has_not_signed_in_changes_nothing(string page, string handler)
    {
        using var browser = PageForm.Anonymous(Hub);

        var refused = await new PageForm(browser).SendAsync(
            $"/flags/rag_plus_plus/{page}",
            $"/flags/rag_plus_plus/{page}",
            handler,
            [("reason", "because"), ("version", "2"), ("act", "save"), ("enabled", "false"), ("s0", "1"), ("s1", "")]
        );

        refused.Status.ShouldBe(401);
        (await VersionAsync("rag_plus_plus")).ShouldBe(2);
    }

    [Theory]
    [InlineData("kill", "confirm")]
    [InlineData("reset", "confirm")]
    [InlineData("edit", "flag")]
    public async Task A_form_without_the_token_of_its_page_changes_nothing(string page, string handler)
    {
        var form = new PageForm(await Hub.SignInAsync());

        var refused = await form.PostAsync(
            $"/flags/rag_plus_plus/{page}",
            [("_handler", handler), ("reason", "because"), ("version", "2"), ("act", "save"), ("enabled", "false")]
        );

        refused.Status.ShouldBe(400);
        (await VersionAsync("rag_plus_plus")).ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_only_reads_does_not_write_by_a_form()
    {
        using var client = PageForm.Anonymous(Hub);
        var made = await Answered.PostJsonAsync(Hub.Admin, "/api/v1/tokens", """{"name": "reader", "scopes": ["read"]}""");
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.Json.GetProperty("secret").GetString());

        var refused = await new PageForm(client).SendAsync(
            "/flags/rag_plus_plus/kill",
            "/flags/rag_plus_plus/kill",
            "confirm",
            [("reason", "because"), ("version", "2")]
        );

        refused.Status.ShouldBe(403);
        (await VersionAsync("rag_plus_plus")).ShouldBe(2);
    }

    [Fact]
    public async Task A_rollout_is_changed_with_a_reason_and_nothing_else_is()
    {
        var form = new PageForm(await Hub.SignInAsync());

        var saved = await form.SendAsync(
            "/flags/long_answers/edit",
            "/flags/long_answers/edit",
            "flag",
            [("act", "save"), ("version", "1"), ("enabled", "true"), ("s0", "12,5"), ("s1", ""), ("reason", "Half as many.")]
        );

        saved.Status.ShouldBe(302, saved.Text);
        var flag = (await Answered.GetAsync(Hub.Client, "/api/v1/flags/long_answers")).Json;
        var decided = flag.GetProperty("override");
        decided.GetProperty("rollout").GetProperty("on").GetDecimal().ShouldBe(12.5m);
        decided.TryGetProperty("rules", out _).ShouldBeFalse();
        decided.TryGetProperty("enabled", out _).ShouldBeFalse();
        decided.GetProperty("killed").GetBoolean().ShouldBeTrue("the kill switch stays");
    }

    [Fact]
    public async Task A_conflict_shows_both_versions_and_keeps_what_was_typed()
    {
        var form = new PageForm(await Hub.SignInAsync());
        IReadOnlyList<(string, string)> typed =
        [
            ("act", "save"),
            ("version", "1"),
            ("enabled", "true"),
            ("r0.name", "staff"),
            ("r0.salt", ""),
            ("r0.serve", "on"),
            ("r0.c0.attribute", "group"),
            ("r0.c0.operator", "in"),
            ("r0.c0.values", "staff, \"a, b\""),
            ("s0", "50"),
            ("s1", ""),
            ("reason", "Half of all & more."),
        ];

        var refused = await form.SendAsync("/flags/rag_plus_plus/edit", "/flags/rag_plus_plus/edit", "flag", typed);

        refused.Status.ShouldBe(409);
        refused.Text.ShouldContain("Not saved: version 2 was saved first.");
        refused.Text.ShouldContain("The canary held for a day.");
        refused.Text.ShouldContain("shares: on\u00a024.5\u00a0% → on\u00a050\u00a0%");
        refused.Text.ShouldContain("rule “first rollout” removed");
        refused.Text.ShouldContain("value=\"Half of all & more.\"");
        refused.Html.ShouldContain("Half of all &amp; more.");
        refused.Text.ShouldContain("value=\"staff, \"a, b\"\"");
        (await VersionAsync("rag_plus_plus")).ShouldBe(2);

        var saved = await form.SendAsync(
            "/flags/rag_plus_plus/edit",
            "/flags/rag_plus_plus/edit",
            "flag",
            [.. typed.Where(f => f.Item1 != "version"), ("version", "2")]
        );
        saved.Status.ShouldBe(302, saved.Text);
        (await VersionAsync("rag_plus_plus")).ShouldBe(3);
    }

    [Fact]
    public async Task Anybody_who_may_read_tries_a_change_on_units_and_nothing_is_written()
    {
        using var browser = PageForm.Anonymous(Hub);
        var form = new PageForm(browser);
        (string, string)[] fields = [("version", "0"), ("enabled", "true"), ("s0", ""), ("s1", "60"), ("s2", "20.5"), ("act", "preview")];

        var made = await form.SendAsync("/flags/new_chunking_strategy/edit", "/flags/new_chunking_strategy/preview", "flag", fields);
        made.Status.ShouldBe(200, made.Text);
        made.Text.ShouldContain("on 10,000\u00a0units");
        made.Text.ShouldContain("a → b");
        made.Text.ShouldContain("draw ");

        var pasted = await form.SendAsync(
            "/flags/new_chunking_strategy/edit",
            "/flags/new_chunking_strategy/preview",
            "flag",
            [.. fields, ("units", "user-1\nuser-2\n{\"targetingKey\": \"user-3\", \"group\": \"staff\"}")]
        );
        pasted.Text.ShouldContain("on 3\u00a0units");
        (await VersionAsync("new_chunking_strategy")).ShouldBe(0);
        (await Answered.GetAsync(Hub.Admin, "/api/v1/audit")).Text.ShouldNotContain("chunking");
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_says_what_to_mend_and_keeps_what_was_typed()
    {
        using var browser = PageForm.Anonymous(Hub);

        var refused = await new PageForm(browser).SendAsync(
            "/flags/long_answers/edit",
            "/flags/long_answers/preview",
            "flag",
            [("version", "1"), ("enabled", "true"), ("s0", "lots"), ("s1", ""), ("reason", "kept"), ("act", "preview")]
        );

        refused.Status.ShouldBe(400);
        refused.Text.ShouldContain("The share of on is 'lots'.");
        refused.Text.ShouldContain("value=\"lots\"");
        refused.Text.ShouldContain("value=\"kept\"");
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("edit")]
    public async Task A_share_that_changes_nothing_is_refused_before_it_is_saved(string page)
    {
        var form = new PageForm(await Hub.SignInAsync());

        var refused = await form.SendAsync(
            "/flags/new_chunking_strategy/edit",
            $"/flags/new_chunking_strategy/{page}",
            "flag",
            [
                ("act", page == "edit" ? "save" : "preview"),
                ("version", "0"),
                ("enabled", "true"),
                ("s0", "5"),
                ("s1", ""),
                ("s2", ""),
                ("reason", "a canary of a"),
            ]
        );

        refused.Status.ShouldBe(400, refused.Text);
        refused.Text.ShouldContain("its share of 5 % of 'a' changes nothing");
        refused.Text.ShouldContain("value=\"a canary of a\"");
        (await VersionAsync("new_chunking_strategy")).ShouldBe(0);
    }

    [Fact]
    public async Task A_unit_is_explained_to_anybody_who_may_read_and_its_key_stays_out_of_the_address()
    {
        using var browser = PageForm.Anonymous(Hub);
        var form = new PageForm(browser);

        var told = await form.SendAsync(
            "/flags/rag_plus_plus/explain",
            "/flags/rag_plus_plus/explain",
            "explain",
            [("unit", "user-17"), ("attributes", "group=staff")]
        );
        told.Status.ShouldBe(200, told.Text);
        told.Text.ShouldContain("user-17 gets on");
        told.Text.ShouldContain("Rule “staff”: group = staff.");
        told.Text.ShouldContain("it has none");

        (await form.SendAsync("/flags/rag_plus_plus/explain", "/flags/rag_plus_plus/explain", "explain", [("unit", ""), ("attributes", "")])).Status.ShouldBe(
            400
        );
        (await form.GetAsync("/flags/rag_plus_plus/explain?unit=user-99")).Text.ShouldNotContain("user-99 gets");
    }

    [Fact]
    public async Task By_script_or_without_a_person_builds_a_rule_tries_it_and_saves_it()
    {
        await using var visit = await VisitedPage.OpenAsync(
            await pages.BrowserAsync(),
            Hub.Addresses.Pages,
            Hub.Hub.NewSignInUrl().PathAndQuery,
            Look.Desktop,
            script: false
        );
        var page = visit.Page;
        await page.GotoAsync(new Uri(Hub.Addresses.Pages, "/flags/digest_v2/edit").AbsoluteUri);
        await page.Locator("#enabled").SelectOptionAsync("true");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await page.Locator("#r0-c0a").FillAsync("group");
        await page.Locator("#r0-c0v").FillAsync("staff");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add a rollout" }).ClickAsync();
        await page.Locator("#r1-s0").FillAsync("40");
        await page.Locator("#r1-s0").PressAsync("Enter");
        (await page.Locator("#trial").Locator("xpath=ancestor::section").InnerTextAsync()).ShouldContain("off → on");
        page.Url.ShouldEndWith("/flags/digest_v2/preview");

        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Move rule 2 up" }).ClickAsync();
        await page.Locator("#reason").FillAsync("Staff first, then two of five.");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();

        page.Url.ShouldContain("/flags/digest_v2?done=changed");
        (await page.Locator(".flash").First.InnerTextAsync()).ShouldContain("digest_v2 is changed.");
        var rules = (await Answered.GetAsync(Hub.Client, "/api/v1/flags/digest_v2")).Json.GetProperty("override").GetProperty("rules");
        rules.GetArrayLength().ShouldBe(2);
        rules[0].GetProperty("rollout").GetProperty("on").GetDecimal().ShouldBe(40);
        rules[1].GetProperty("if")[0].GetProperty("values")[0].GetString().ShouldBe("staff");
    }

    public static TheoryData<Look> Looks => [.. Look.Twice];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task What_a_form_answers_is_accessible_too(Look look)
    {
        await using var visit = await VisitedPage.OpenAsync(await pages.BrowserAsync(), Hub.Addresses.Pages, Hub.Hub.NewSignInUrl().PathAndQuery, look);
        var page = visit.Page;
        Task GoAsync(string path) => page.GotoAsync(new Uri(Hub.Addresses.Pages, path).AbsoluteUri);
        async Task CheckAsync(string name)
        {
            await visit.SettledAsync();
            await visit.KeepPictureAsync($"flags-{name}-{look}");
            (await visit.AxeAsync()).ShouldBeEmpty(name);
            (await visit.OverflowAsync()).ShouldBe(0, name);
        }

        await GoAsync("/flags/new_chunking_strategy/edit");
        await page.Locator("#s1").FillAsync("60");
        await page.Locator("#s1").PressAsync("Enter");
        await CheckAsync("previewed");

        await flags.ChangeAsync("new_chunking_strategy", """{"rollout": {"b": 35}, "reason": "Somebody was faster."}""");
        await page.Locator("#reason").FillAsync("More of b.");
        await page.Locator("button[value=save]").ClickAsync();
        await visit.SettledAsync();
        (await page.Locator(".flash.fail").CountAsync()).ShouldBe(1);
        await CheckAsync("conflict");

        await GoAsync("/flags/rag_plus_plus/explain");
        await page.Locator("#unit").FillAsync("user-17");
        await page.Locator("#attributes").FillAsync("group=guests, plan=trial");
        await page.Locator("#attributes").PressAsync("Enter");
        await visit.SettledAsync();
        (await page.Locator(".decision").CountAsync()).ShouldBe(1);
        await CheckAsync("explained");

        await GoAsync("/flags/rag_plus_plus/kill");
        await page.Locator("#reason").FillAsync("Answers without sources since 14:05.");
        await page.Locator("button.danger.primary").ClickAsync();
        await visit.SettledAsync();
        (await page.Locator(".flash.pass form button").CountAsync()).ShouldBe(1);
        await CheckAsync("killed-now");
        await page.Locator(".flash.pass form button").ClickAsync();
        await visit.SettledAsync();
        (await StateAsync("rag_plus_plus")).ShouldBe("on");
        visit.Complaints.Where(c => !c.Contains("409")).ShouldBeEmpty();
    }

    private async Task<string> StateAsync(string flag) =>
        (await Answered.GetAsync(Hub.Client, $"/api/v1/flags/{flag}")).Json.GetProperty("flag").GetProperty("state").GetString()!;

    private async Task<long> VersionAsync(string flag) =>
        (await Answered.GetAsync(Hub.Client, $"/api/v1/flags/{flag}")).Json.GetProperty("flag").GetProperty("version").GetInt64();
}
