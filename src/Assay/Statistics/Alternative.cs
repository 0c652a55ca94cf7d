namespace Assay.Statistics;

/// <summary>The claim that a test's p-value speaks about.</summary>
public enum Alternative
{
    /// <summary>Treatment and control differ. The interval has two ends.</summary>
    TwoSided,

    /// <summary>The treatment is greater than the control. The interval has a lower end only.</summary>
    Greater,

    /// <summary>The treatment is less than the control. The interval has an upper end only.</summary>
    Less,
}
