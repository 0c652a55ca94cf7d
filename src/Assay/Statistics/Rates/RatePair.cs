namespace Assay.Statistics.Rates;

/// <summary>The counts of two arms, checked, with what the methods of <see cref="RateDifference"/> share.</summary>
internal readonly record struct RatePair(long ControlSuccesses, long ControlTrials, long TreatmentSuccesses, long TreatmentTrials)
{
    public double Control => (double)ControlSuccesses / ControlTrials;

    public double Treatment => (double)TreatmentSuccesses / TreatmentTrials;

    public long Trials => ControlTrials + TreatmentTrials;

    public long Successes => ControlSuccesses + TreatmentSuccesses;

    /// <summary>Treatment − control over the common denominator, whose numerator is exact: rates that differ by 1e-12 keep their digits.</summary>
    public double Difference =>
        (double)(((Int128)TreatmentSuccesses * ControlTrials) - ((Int128)ControlSuccesses * TreatmentTrials)) / ((double)ControlTrials * TreatmentTrials);

    /// <summary>Why no difference can be told, or null.</summary>
    public string? Lack =>
        (ControlTrials, TreatmentTrials) switch
        {
            (0, 0) => "neither arm has trials; a rate needs 1",
            (0, _) => "the control has no trials; a rate needs 1",
            (_, 0) => "the treatment has no trials; a rate needs 1",
            _ => null,
        };

    public static RatePair Checked(long controlSuccesses, long controlTrials, long treatmentSuccesses, long treatmentTrials)
    {
        Demand.CountsOf("control", controlSuccesses, controlTrials);
        Demand.CountsOf("treatment", treatmentSuccesses, treatmentTrials);
        Counts.Total("The trials of both arms", (Int128)controlTrials + treatmentTrials);
        return new RatePair(controlSuccesses, controlTrials, treatmentSuccesses, treatmentTrials);
    }

    /// <summary>√(p(1 − p)(1/n + 1/m)) with the rate p of both arms together.</summary>
    public double PooledError()
    {
        double successes = Successes;
        double trials = Trials;
        return Math.Sqrt(successes / trials * (trials - successes) / ((double)ControlTrials * TreatmentTrials));
    }

    /// <summary>√(p(1 − p)/n + q(1 − q)/m) with each arm's own rate.</summary>
    public double UnpooledError() => Math.Sqrt(Variance(ControlSuccesses, ControlTrials) + Variance(TreatmentSuccesses, TreatmentTrials));

    /// <summary>p(1 − p)/n for p = x/n.</summary>
    public static double Variance(double successes, double trials) => successes / trials * ((trials - successes) / trials) / trials;
}
