using Assay.Releases.Files;
using Assay.Releases.Rollbacks;
using Assay.Releases.Tests.Canaries;

namespace Assay.Releases.Tests.Rollbacks;

public sealed class RollbackCardsTests : IDisposable
{
    private static readonly ReleaseId Release = new("shop", "1.9.0+b2");
    private readonly string folder = Directory.CreateTempSubdirectory("assay-cards-").FullName;

    [Fact]
    public void An_intent_is_there_after_a_restart()
    {
        var cards = new RollbackCards(folder);
        cards.Arm(Release, "shop", new SplitEntry { Flag = "new_search" }, MadeCanary.Noon);
        cards.IsWanted(Release).ShouldBeFalse();
        var card = cards.Find(Release).ShouldNotBeNull();
        cards.Put(card with { Stage = RollbackStage.Wanted, Reason = "it burns", WantedAt = MadeCanary.Noon }).ShouldBeTrue();
        var read = new RollbackCards(folder).Find(Release).ShouldNotBeNull();
        (read.IsInForce, read.Reason, read.Split.Flag).ShouldBe((true, "it burns", "new_search"));
    }

    [Fact]
    public void What_cannot_be_written_counts_in_this_process()
    {
        // A file where the folder should be: nothing can be written there.
        File.WriteAllText(Path.Combine(folder, RollbackCards.Folder), "");
        var cards = new RollbackCards(folder);
        cards.Put(Wanted()).ShouldBeFalse();
        cards.IsWanted(Release).ShouldBeTrue();
        cards.List().ShouldHaveSingleItem();
        File.Delete(Path.Combine(folder, RollbackCards.Folder));
        cards.Put(cards.Find(Release)!).ShouldBeTrue();
        new RollbackCards(folder).IsWanted(Release).ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_is_damaged_is_as_if_it_were_not_there_and_others_are_read()
    {
        var cards = new RollbackCards(folder);
        cards.Put(Wanted());
        File.WriteAllText(Path.Combine(folder, RollbackCards.Folder, "other@1.json"), "{ half");
        cards.List().ShouldHaveSingleItem().Release.ShouldBe(Release);
    }

    [Fact]
    public void A_new_version_disarms_the_old_one_but_not_a_rollback_that_is_not_done()
    {
        var cards = new RollbackCards(folder);
        var next = new ReleaseId("shop", "1.9.1");
        cards.Arm(Release, "shop", new SplitEntry { Flag = "f" }, MadeCanary.Noon);
        cards.Arm(next, "shop", new SplitEntry { Flag = "f" }, MadeCanary.Noon);
        cards.Find(Release).ShouldBeNull();
        cards.Put(Wanted() with { Release = next });
        Should.Throw<AssayException>(() => cards.Arm(Release, "shop", new SplitEntry(), MadeCanary.Noon)).Message.ShouldContain("is not done yet");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static RollbackCard Wanted() =>
        new()
        {
            Release = Release,
            Service = "shop",
            Split = new SplitEntry { Flag = "new_search" },
            Stage = RollbackStage.Wanted,
            Reason = "it burns",
            At = MadeCanary.Noon,
            WantedAt = MadeCanary.Noon,
        };
}
