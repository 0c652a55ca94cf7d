using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Approvals;

public sealed class ApprovalTests
{
    private const string Commit = "1898bfe1898bfe1898bfe1898bfe1898bfe18980";

    private static readonly string FileHash = new('a', 64);
    private static readonly string Anna = ApprovalKey.New();
    private static readonly string Boris = ApprovalKey.New();
    private static readonly ApprovalSubject Subject = new(new ReleaseId("rag", "1.9.0"), Commit, FileHash, ApprovalScope.Gate);
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_an_approver_signed_counts()
    {
        ApprovalCheck.Problem(Signed(), People(), Subject).ShouldBeNull();
        var back = Approval.Of(Link(Signed()));
        back.ShouldBe(Signed() with { Signature = back!.Signature });
        ApprovalCheck.Problem(back, People(), Subject).ShouldBeNull();
    }

    [Fact]
    public void A_word_that_was_changed_after_signing_is_found()
    {
        var signed = Signed();
        foreach (
            var changed in (Approval[])
                [
                    signed with
                    {
                        Release = "rag@2.0.0",
                    },
                    signed with
                    {
                        Commit = "",
                    },
                    signed with
                    {
                        FileHash = new string('b', 64),
                    },
                    signed with
                    {
                        Scope = ApprovalScope.Promote,
                    },
                    signed with
                    {
                        Reason = "another one",
                    },
                    signed with
                    {
                        At = Noon.AddTicks(1),
                    },
                    signed with
                    {
                        Signature = "",
                    },
                    signed with
                    {
                        Signature = Convert.ToBase64String(new byte[64]),
                    },
                    signed with
                    {
                        Signature = Convert.ToBase64String(new byte[63]),
                    },
                    signed with
                    {
                        Signature = "no base64",
                    },
                ]
        )
        {
            ApprovalCheck.Problem(changed, People(), Subject).ShouldNotBeNull().ShouldContain("the signature is not that of this person");
        }
    }

    [Fact]
    public void Somebody_elses_key_signs_for_nobody() =>
        ApprovalCheck.Problem(Unsigned().SignedWith(Boris), People(), Subject).ShouldNotBeNull().ShouldContain("forged");

    [Fact]
    public void A_signature_for_another_release_commit_file_or_scope_is_no_approval()
    {
        Problem(Unsigned() with { Release = "rag@2.0.0" }).ShouldBe("it was signed for rag@2.0.0");
        Problem(Unsigned() with { Commit = "aaaaaaa" }).ShouldBe("it was signed for commit aaaaaaa");
        Problem(Unsigned() with { FileHash = new string('b', 64) }).ShouldBe("it was signed for another state of the release file");
        Problem(Unsigned() with { Scope = ApprovalScope.Promote }).ShouldBe("it was signed for 'promote', not for 'gate'");

        static string? Problem(Approval approval) => ApprovalCheck.Problem(approval.SignedWith(Anna), People(), Subject);
    }

    [Theory]
    [InlineData("[promote]", "[\"*\"]", "anna may approve promote of *, not 'gate' of rag")]
    [InlineData("[gate]", "[other]", "anna may approve gate of other, not 'gate' of rag")]
    public void Whoever_may_not_does_not(string may, string releases, string says) =>
        ApprovalCheck.Problem(Signed(), People(may, releases), Subject).ShouldNotBeNull().ShouldBe(says);

    [Fact]
    public void Whoever_is_not_on_the_list_any_more_approved_nothing() =>
        ApprovalCheck.Problem(Signed(), new ApproverFile(), Subject).ShouldBe("nobody of this name is among the approvers");

    [Fact]
    public void A_person_and_a_key_count_once()
    {
        var twice = ApprovalCheck.Of([Link(Signed()), Link((Unsigned() with { At = Noon.AddHours(1) }).SignedWith(Anna))], People(), Subject);
        twice.ShouldHaveSingleItem().At.ShouldBe(Noon.AddHours(1));
        var one = ApprovalKey.PublicOf(Anna);
        var same = ApproverFile.Parse($"approvers:\n  - {{ name: anna, key: {one}, may: [gate] }}\n  - {{ name: anne, key: {one}, may: [gate] }}\n", "a.yaml");
        var both = ApprovalCheck.Of([Link(Signed()), Link((Unsigned() with { Name = "anne" }).SignedWith(Anna))], same, Subject);
        both.Count(a => a.Counts).ShouldBe(1);
        both.Single(a => !a.Counts).Problem.ShouldBe("somebody else approved with the same key");
    }

    [Fact]
    public void A_later_approval_that_does_not_count_takes_nothing_away()
    {
        var stale = (Unsigned() with { At = Noon.AddHours(1), Commit = "aaaaaaa" }).SignedWith(Anna);
        ApprovalCheck.Of([Link(Signed()), Link(stale)], People(), Subject).ShouldHaveSingleItem().Counts.ShouldBeTrue();
    }

    [Theory]
    [InlineData("approvers:\n  - { name: anna, key: nokey, may: [gate] }\n", "a.yaml:2: the key of 'anna' is no public key")]
    [InlineData("approvers:\n  - { name: anna, key: KEY, may: [all] }\n", "'anna' may approve [all]")]
    [InlineData("approvers:\n  - { name: anna, key: KEY, may: [] }\n", "'anna' may approve []")]
    [InlineData("approvers:\n  - { name: Anna, key: KEY, may: [gate] }\n", "'Anna' cannot be an approver's name")]
    [InlineData("approvers:\n  - { name: anna, key: KEY, may: [gate], releases: [A] }\n", "the releases of 'anna' are not named right")]
    [InlineData(
        "approvers:\n  - { name: anna, key: KEY, may: [gate] }\n  - { name: anna, key: KEY, may: [gate] }\n",
        "a.yaml:3: two approvers are called 'anna'"
    )]
    [InlineData("approvers:\n  - { name: anna, key: KEY, my: [gate] }\n", "a.yaml:2: unknown key 'my'")]
    public void A_wrong_list_of_approvers_is_named_with_its_line(string text, string says) =>
        Should.Throw<AssayException>(() => ApproverFile.Parse(text.Replace("KEY", ApprovalKey.PublicOf(Anna)), "a.yaml")).Message.ShouldContain(says);

    [Fact]
    public void A_key_of_another_kind_is_none()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        using var p384 = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        ApprovalKey.IsPublic(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())).ShouldBeFalse();
        ApprovalKey.IsPublic(Convert.ToBase64String(p384.ExportSubjectPublicKeyInfo())).ShouldBeFalse();
        ApprovalKey.IsPublic("").ShouldBeFalse();
        Should.Throw<AssayException>(() => ApprovalKey.Sign(p384.ExportPkcs8PrivateKeyPem(), "x")).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => ApprovalKey.Sign("nothing", "x")).ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => ApprovalKey.Sign(p384.ExportSubjectPublicKeyInfoPem(), "x")).ExitCode.ShouldBe(ExitCode.WrongUsage);
        using var p256 = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Should.Throw<AssayException>(() => ApprovalKey.Sign(p256.ExportSubjectPublicKeyInfoPem(), "x")).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    public void A_reason_is_one_line(string reason) =>
        Should.Throw<AssayException>((Unsigned() with { Reason = reason }).Check).Message.ShouldContain("The reason");

    private static Approval Unsigned() => new("rag@1.9.0", Commit, FileHash, ApprovalScope.Gate, "anna", "figures read", Noon, "");

    private static Approval Signed() => Unsigned().SignedWith(Anna);

    private static ApproverFile People(string may = "[gate, promote]", string releases = "[\"*\"]") =>
        ApproverFile.Parse($"approvers:\n  - {{ name: anna, key: {ApprovalKey.PublicOf(Anna)}, may: {may}, releases: {releases} }}\n", "a.yaml");

    private static LedgerLink Link(Approval approval) =>
        LedgerHash.Link(
            1,
            LedgerHash.None,
            LedgerBody.Made(
                new LedgerEntry("rag@1.9.0", LedgerKind.Approval, $"approval/{approval.At:O}/{approval.Name}", "anna", approval.At, approval.ToJson())
            )
        );
}
