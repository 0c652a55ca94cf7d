using System.Text;
using Assay.Embedded;
using Assay.Releases.Ledger;
using Assay.Server.Tests.Canaries;
using Assay.Server.Tests.Flags;
using Assay.Stores;

namespace Assay.Server.Tests.Releases;

/// <summary>Canaries are promoted and rolled back by forms, by whom may, with a reason.</summary>
public sealed class ReleaseFormsTests
{
    private const string Page = "/releases/shop@1.9.0";

    [Fact]
    public async Task A_signed_in_person_promotes_and_rolls_back_with_a_reason()
    {
        await using var place = await BegunAsync();
        var form = new PageForm(await place.Hub!.SignInAsync());
        var blind = await SendAsync(form, "promote", "it looks well");
        blind.Status.ShouldBe(409);
        blind.Text.ShouldContain("is missing");
        blind.Text.ShouldContain("value=\"it looks well\"");

        await place.SendAsync("off", 30, 0);
        await place.SendAsync("on", 30, 0);
        (await place.RunAsync("canary", "check", "shop")).Code.ShouldBe(3);
        var promoted = await SendAsync(form, "promote", "it looks well");
        promoted.Status.ShouldBe(302, promoted.Text);
        var shown = (await form.GetAsync(promoted.Location!)).Text;
        shown.ShouldContain("The next step is ordered.");
        shown.ShouldContain("“it looks well”");

        var back = await SendAsync(form, "rollback", "answers without sources");
        back.Status.ShouldBe(302, back.Text);
        var after = (await form.GetAsync(back.Location!)).Text;
        after.ShouldContain("The rollback is ordered.");
        after.ShouldContain("“answers without sources”");
        after.ShouldContain("by hand");
        (await Answered.GetAsync(place.Hub.Client, "/api/v1/flags/new_search")).Json.GetProperty("override").GetProperty("killed").GetBoolean().ShouldBeTrue();
        var audit = (await Answered.GetAsync(place.Hub.Admin, "/api/v1/audit")).Text;
        audit.ShouldContain("canary.rollback");
        audit.ShouldContain("answers without sources");
        // Nothing is left to be rolled back.
        (await form.GetAsync(Page)).Text.ShouldNotContain("/rollback\"");
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("promote")]
    public async Task Without_reason_token_or_sign_in_nothing_is_done(string act)
    {
        await using var place = await BegunAsync();
        var form = new PageForm(await place.Hub!.SignInAsync());
        var refused = await SendAsync(form, act, "  ");
        refused.Status.ShouldBe(400);
        refused.Text.ShouldContain("The reason has 0 characters");
        (await form.PostAsync($"{Page}/{act}", [("_handler", "confirm"), ("reason", "because")])).Status.ShouldBe(400);
        using var stranger = PageForm.Anonymous(place.Hub);
        (await SendAsync(new PageForm(stranger), act, "because")).Status.ShouldBe(401);
        (await Answered.GetAsync(place.Hub.Client, "/api/v1/canaries/shop@1.9.0")).Json.GetProperty("percent").GetDecimal().ShouldBe(25);
    }

    [Fact]
    public async Task A_ledger_that_was_changed_from_outside_is_told_on_the_page()
    {
        await using var place = await BegunAsync();
        await place.StopAsync();
        await using (var store = await EmbeddedStore.OpenAsync(place.Folder, TimeProvider.System, CancellationToken.None))
        {
            var first = (await store.Documents.ListAsync(new DocumentQuery(StoredLedger.Links) { NewestFirst = false, Limit = 1 }, CancellationToken.None))[0];
            var forged = Encoding.UTF8.GetString(first.Json.Span).Replace("a test", "a jest", StringComparison.Ordinal);
            forged.ShouldContain("a jest");
            var write = new DocumentWrite(StoredLedger.Links, first.Key, Encoding.UTF8.GetBytes(forged)) { ExpectedVersion = first.Version, At = first.At };
            (await store.Documents.PutAsync(write, CancellationToken.None)).Done.ShouldBeTrue();
        }

        await place.StartAsync();
        var text = (await Answered.GetAsync(place.Hub!.Client, Page, ("Accept-Language", "en"))).Text;
        text.ShouldContain("The chain of the ledger is broken.");
        text.ShouldContain("its body was changed");
        text.ShouldNotContain("chain verified");
    }

    private static Task<PageAnswer> SendAsync(PageForm form, string act, string reason) =>
        form.SendAsync($"{Page}/{act}", $"{Page}/{act}", "confirm", [("reason", reason)]);

    private static async Task<CanaryPlace> BegunAsync()
    {
        var place = await CanaryPlace.OpenAsync();
        var started = await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        started.Code.ShouldBe(0, started.Error);
        return place;
    }
}
