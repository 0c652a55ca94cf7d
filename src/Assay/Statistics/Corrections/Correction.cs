namespace Assay.Statistics.Corrections;

/// <summary>Which error a correction for many tests holds, and under which dependence.</summary>
public enum Correction
{
    /// <summary>The chance of one false alarm or more, under any dependence. Never sharper than <see cref="Holm"/>.</summary>
    Bonferroni,

    /// <summary>The chance of one false alarm or more, under any dependence (Holm, Scandinavian Journal of Statistics 6, 1979).</summary>
    Holm,

    /// <summary>
    /// The expected share of false alarms among the alarms, for independent or positively dependent tests
    /// (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995).
    /// </summary>
    BenjaminiHochberg,

    /// <summary>
    /// The expected share of false alarms among the alarms, under any dependence (Benjamini and Yekutieli, Annals of Statistics 29, 2001).
    /// </summary>
    BenjaminiYekutieli,
}
