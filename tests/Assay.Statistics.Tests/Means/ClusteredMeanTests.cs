using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

/// <summary>Figures by mpmath 1.2.1 with 50 digits.</summary>
public sealed class ClusteredMeanTests
{
    private static readonly double[] Control = [1.2, 1.9, 2.2, 3.8, 3.1, 0.4, 0.9, 2.5, 2.9, 3.3];
    private static readonly int[] ControlClusters = [1, 1, 1, 2, 2, 3, 3, 4, 4, 4];
    private static readonly double[] Treatment = [2.2, 2.8, 4.1, 4.9, 3.3, 1.4, 2.0, 5.1, 4.4];
    private static readonly int[] TreatmentClusters = [1, 1, 2, 2, 2, 3, 3, 4, 5];

    [Fact]
    public void Four_clusters_agree_with_fifty_digits()
    {
        var result = ClusteredMean.Of<int>(Control, ControlClusters).Value();

        result.Estimate.ShouldBeNear(2.2199999999999999734);
        result.StandardError.ShouldBeNear(0.5406465265463809872);
        result.DegreesOfFreedom.ShouldBe(3);
        result.Interval!.Value.Low.ShouldBeNear(0.49942145912799878367, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(3.940578540872001163, 1e-11);
        result.N.ShouldBe(10);
        result.Method.ShouldBe("mean with cluster-robust standard error (CR1)");
        result.Reference.ShouldContain("Liang, Zeger (1986)");
    }

    [Fact]
    public void Two_arms_agree_with_fifty_digits()
    {
        var result = ClusteredMean.Compare<int>(Control, ControlClusters, Treatment, TreatmentClusters).Value();

        result.Estimate.ShouldBeNear(1.1355555555555555526);
        result.StandardError.ShouldBeNear(0.80463587366815831829);
        result.Statistic.ShouldBeNear(1.4112663786400760961);
        result.DegreesOfFreedom.ShouldBeNear(6.9850456498715781979);
        result.P!.Value.Value.ShouldBeNear(0.20112031980047181829);
        result.Interval!.Value.Low.ShouldBeNear(-0.76793201324982099659, 1e-11);
        result.Interval!.Value.High.ShouldBeNear(3.0390431243609321018, 1e-11);
        result.N.ShouldBe(19);
        result.Method.ShouldBe("difference of means with cluster-robust standard errors (CR1)");
    }

    [Fact]
    public void A_one_sided_claim_bounds_from_one_side()
    {
        var more = ClusteredMean.Compare<int>(Control, ControlClusters, Treatment, TreatmentClusters, 0.05, Alternative.Greater).Value();
        var less = ClusteredMean.Compare<int>(Control, ControlClusters, Treatment, TreatmentClusters, 0.05, Alternative.Less).Value();

        more.P!.Value.Value.ShouldBeNear(0.10056015990023590914);
        more.Interval!.Value.Low.ShouldBeNear(-0.38938151918205600802, 1e-11);
        more.Interval!.Value.High.ShouldBeNull();
        less.P!.Value.Value.ShouldBeNear(0.89943984009976409086);
        less.Interval!.Value.Low.ShouldBeNull();
        less.Interval!.Value.High.ShouldBeNear(2.6604926302931671132, 1e-11);
    }

    [Fact]
    public void With_one_value_in_each_cluster_it_is_the_ordinary_interval()
    {
        var clustered = ClusteredMean.Of<int>(Control, [.. Enumerable.Range(0, 10)], 0.1).Value();
        var ordinary = MeanInterval.Of(Moments.Of(Control), 0.1).Value();

        clustered.Estimate.ShouldBe(ordinary.Estimate);
        clustered.StandardError.ShouldBeNear(ordinary.StandardError!.Value);
        clustered.DegreesOfFreedom.ShouldBe(ordinary.DegreesOfFreedom);
        clustered.Interval!.Value.Low.ShouldBeNear(ordinary.Interval!.Value.Low!.Value);
        clustered.Interval!.Value.Confidence.ShouldBe(0.9);
    }

    [Fact]
    public void With_one_value_in_each_cluster_a_comparison_is_Welchs()
    {
        var clustered = ClusteredMean.Compare<int>(Control, [.. Enumerable.Range(0, 10)], Treatment, [.. Enumerable.Range(0, 9)]).Value();
        var welch = WelchTest.Compare(Moments.Of(Control), Moments.Of(Treatment)).Value();

        clustered.DegreesOfFreedom.ShouldBeNear(welch.DegreesOfFreedom!.Value);
        clustered.P!.Value.Value.ShouldBeNear(welch.P!.Value.Value);
    }

    [Fact]
    public void Repeating_each_value_within_its_cluster_adds_nothing()
    {
        double[] twice = [.. Control.Concat(Control)];
        var repeated = ClusteredMean.Of<int>(twice, [.. Enumerable.Range(0, 10).Concat(Enumerable.Range(0, 10))]).Value();

        repeated.StandardError.ShouldBeNear(MeanInterval.Of(Moments.Of(Control)).Value().StandardError!.Value);
        repeated.N.ShouldBe(20);
    }

    [Fact]
    public void Clusters_may_have_names_and_come_in_any_order()
    {
        int[] order = [9, 0, 5, 3, 7, 1, 8, 2, 6, 4];
        string[] names = [.. order.Select(i => $"user {ControlClusters[i]}")];

        ClusteredMean.Of<string>([.. order.Select(i => Control[i])], names).Value().StandardError.ShouldBeNear(0.5406465265463809872);
    }

    [Fact]
    public void A_large_offset_keeps_the_digits()
    {
        // The offset rounds the values to 1.2e-7.
        double[] far = [.. Control.Select(x => x + 1e9)];

        ClusteredMean.Of<int>(far, ControlClusters).Value().StandardError.ShouldBeNear(0.5406465265463809872, 1e-7);
    }

    [Theory]
    [InlineData(new double[0], new int[0], "the sample has no values; a mean needs 1")]
    [InlineData(new[] { 1.0, 2.0 }, new[] { 7, 7 }, "the sample has 1 cluster; a variance between clusters needs 2")]
    public void Too_few_clusters_are_named(double[] values, int[] clusters, string reason) => ClusteredMean.Of<int>(values, clusters).Reason().ShouldBe(reason);

    [Fact]
    public void Too_few_clusters_of_an_arm_are_named()
    {
        int[] one = [1, 1];

        ClusteredMean
            .Compare<int>([1, 2], one, Treatment, TreatmentClusters)
            .Reason()
            .ShouldBe("the control has 1 cluster; a variance between clusters needs 2");
        ClusteredMean.Compare<int>(Control, ControlClusters, [1, 2], one).Reason().ShouldBe("the treatment has 1 cluster; a variance between clusters needs 2");
    }

    [Fact]
    public void Two_clusters_are_enough()
    {
        // Means 1 and 3, two values each: S = ∓2, v = 2·(4 + 4)/16 = 1.
        var result = ClusteredMean.Of<int>([1, 1, 3, 3], [1, 1, 2, 2]).Value();

        result.StandardError.ShouldBeNear(1);
        result.DegreesOfFreedom.ShouldBe(1);
    }

    [Fact]
    public void Clusters_with_one_mean_have_no_variance()
    {
        ClusteredMean.Of<int>([0.1, 0.7, 0.7, 0.1, 0.4], [1, 1, 2, 2, 3]).Reason().ShouldBe("the clusters have no variance between them");
        ClusteredMean.Of<int>([0.1, 0.1, 0.1], [1, 2, 3]).Reason().ShouldBe("the clusters have no variance between them");
        ClusteredMean.Of<int>([-0.1, -0.7, -0.7, -0.1, -0.4], [1, 1, 2, 2, 3]).Reason().ShouldBe("the clusters have no variance between them");
    }

    [Fact]
    public void Arms_whose_clusters_have_one_mean_are_never_a_winner()
    {
        double[] control = [0.1, 0.7, 0.7, 0.1];
        double[] treatment = [0.3, 0.9, 0.9, 0.3];
        int[] clusters = [1, 1, 2, 2];

        ClusteredMean.Compare<int>(control, clusters, treatment, clusters).Reason().ShouldBe("the clusters of both arms have no variance between them");
    }

    [Fact]
    public void One_arm_whose_clusters_vary_is_enough()
    {
        var result = ClusteredMean.Compare<int>([0.1, 0.7, 0.7, 0.1], [1, 1, 2, 2], Treatment, TreatmentClusters).Value();

        result.DegreesOfFreedom.ShouldBeNear(4);
    }

    [Fact]
    public void Wrong_lengths_are_wrong_usage()
    {
        Should.Throw<AssayException>(() => ClusteredMean.Of<int>(Control, TreatmentClusters)).Message.ShouldStartWith("Values and clusters come");
        Should
            .Throw<AssayException>(() => ClusteredMean.Compare<int>(Control, TreatmentClusters, Treatment, TreatmentClusters))
            .Message.ShouldStartWith("Values and clusters of the control");
        Should
            .Throw<AssayException>(() => ClusteredMean.Compare<int>(Control, ControlClusters, Treatment, ControlClusters))
            .Message.ShouldStartWith("Values and clusters of the treatment");
    }

    [Fact]
    public void Alpha_lies_between_zero_and_one()
    {
        Should.Throw<AssayException>(() => ClusteredMean.Of<int>(Control, ControlClusters, 0));
        Should.Throw<AssayException>(() => ClusteredMean.Compare<int>(Control, ControlClusters, Treatment, TreatmentClusters, 1));
    }
}
