using Assay.Cli.Releasing;

namespace Assay.Tests.Cli.Releasing;

public sealed class SourceCommitTests : IDisposable
{
    private static readonly string One = new('1', 40);
    private static readonly string Two = new('2', 40);

    private readonly CliPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void What_CI_says_counts_first()
    {
        place.Write("src/.git/HEAD", One + "\n");
        Find("src", ("GITHUB_SHA", Two)).ShouldBe(Two);
        Find("src", ("GITHUB_SHA", Two), ("ASSAY_COMMIT", new string('3', 40))).ShouldBe(new string('3', 40));
        Find("src", ("GITHUB_SHA", "main")).ShouldBe(One, "what is no commit says nothing");
    }

    [Fact]
    public void The_commit_of_a_branch_is_found_loose_packed_and_in_a_linked_work_tree()
    {
        place.Write("src/.git/HEAD", "ref: refs/heads/main\n");
        Find("src").ShouldBe("");
        place.Write("src/.git/packed-refs", $"# pack-refs with: peeled fully-peeled sorted\n{One} refs/heads/main\n{Two} refs/heads/other\n");
        Find("src").ShouldBe(One);
        place.Write("src/.git/refs/heads/main", Two + "\n");
        Find("src").ShouldBe(Two);
        place.Write("src/deep/in/file.txt", "");
        Find("src/deep/in").ShouldBe(Two);

        place.Write("src/.git/worktrees/second/HEAD", "ref: refs/heads/other\n");
        place.Write("src/.git/worktrees/second/commondir", "../..\n");
        place.Write("second/.git", $"gitdir: {place["src/.git/worktrees/second"]}\n");
        Find("second").ShouldBe(Two);
    }

    [Fact]
    public void What_is_no_repository_has_no_commit()
    {
        place.Write("src/.git/HEAD", "garbage\n");
        Find("src").ShouldBe("");
        place.Write("other/.git", "gitdir: /nowhere/at/all\n");
        Find("other").ShouldBe("");
    }

    private string Find(string folder, params (string Name, string Value)[] variables) =>
        SourceCommit.Find(variables.ToDictionary(v => v.Name, v => v.Value), place[folder]);
}
