using System.Text;
using Assay.Experimentation.Assignment;
using Assay.Experimentation.Tests.Experiments;

namespace Assay.Experimentation.Tests.Assignment;

public sealed class BucketingAuditTests
{
    private const double Alpha = 0.001;

    [Fact]
    public void A_thousand_salts_are_fair_and_no_ramp_moves_anyone()
    {
        var audit = new BucketingAudit(GeneratedExperiments.Of(1000));
        for (var i = 0; i < BucketingAudit.LeastIds; i++)
        {
            audit.Add($"user-{i}");
        }

        var report = audit.Report(Alpha);
        (report.Verdict, report.Findings.Count, report.Dropped, report.Switched).ShouldBe((Verdict.Pass, 0, 0, 0), report.Summary);
        report.Tests.ShouldBe(3999);
        report.ExitCode.ShouldBe(ExitCode.Pass);
    }

    [Fact]
    public void Two_experiments_with_one_salt_are_found()
    {
        const string Arms = "variants: [{ name: control, weight: 50 }, { name: new, weight: 50 }]";
        var audit = new BucketingAudit(ExperimentSetTests.Read($"name: a\nsalt: same\n{Arms}\n---\nname: b\nsalt: same\n{Arms}").All);
        Fill(audit, i => $"user-{i}");
        var report = audit.Report(Alpha);
        report.Verdict.ShouldBe(Verdict.Fail);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.What, string.Join(',', finding.Experiments)).ShouldBe(("independent of each other", "a,b"));
    }

    [Fact]
    public void A_layer_is_tested_too()
    {
        var set = ExperimentSetTests.Read(
            "name: a\nlayer: l\nslots: [0, 50]\nrunning: false\nvariants: [{ name: control, weight: 0 }, { name: new, weight: 100 }]"
        );
        var audit = new BucketingAudit(set.All);
        Fill(audit, i => $"user-{i}");
        var report = audit.Report(Alpha);
        (report.Tests, report.Skipped, report.Verdict).ShouldBe((2, 2, Verdict.Pass));
    }

    [Fact]
    public void Ids_that_come_again_are_left_out_and_too_few_give_no_verdict()
    {
        var audit = new BucketingAudit(GeneratedExperiments.Of(2));
        for (var i = 0; i < 5000; i++)
        {
            audit.Add($"user-{i % 10}");
        }

        var report = audit.Report(Alpha);
        (report.Ids, report.Repeated, report.Verdict, report.ExitCode).ShouldBe((10, 4990, Verdict.NoData, ExitCode.Inconclusive));
    }

    [Fact]
    public void Lines_are_ids_however_long_and_in_whatever_script()
    {
        var text = $"\ufeffann\r\n\n  Жанна  \n{new string('x', 1 << 20)}\n👩‍👩‍👧";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        IdLines.Read(stream).ShouldBe(["ann", "Жанна", new string('x', 1024), "👩‍👩‍👧"]);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_ids_all_the_same()
    {
        using var stream = new MemoryStream([0xFF, 0xFE, 0xC3, (byte)'\n', (byte)'a']);
        IdLines.Read(stream).Last().ShouldNotBeEmpty();
    }

    private static void Fill(BucketingAudit audit, Func<int, string> id)
    {
        for (var i = 0; i < 2000; i++)
        {
            audit.Add(id(i));
        }
    }
}
