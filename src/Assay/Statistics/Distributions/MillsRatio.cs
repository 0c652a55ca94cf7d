namespace Assay.Statistics.Distributions;

/// <summary>
/// The normal tail over the normal density, for z ≥ 0: (1 + z) M(z) as a Chebyshev series in (z − 4)/(z + 4), one series from 0 to infinity.
/// The form is that of J. L. Schonfelder (1978), Math. Comp. 32, 1232; the coefficients are the cosine sums of
/// 100 Chebyshev points of M(z) = √(π/2) e^(z²/2) erfc(z/√2), computed with 40 digits.
/// </summary>
internal static class MillsRatio
{
    private const double Middle = 4;

    private static ReadOnlySpan<double> Coefficients =>
        [
            1.1670525350882472057,
            -1.6101957671346538914e-1,
            -2.8002821825452974716e-2,
            3.1674521892392658864e-2,
            -1.2103231162345368661e-2,
            2.7056129762167095153e-3,
            -2.9931636202703165933e-4,
            -1.716686526879361022e-5,
            1.0178489264109867437e-5,
            -4.8948295700041917723e-7,
            -2.844006500151047843e-7,
            3.076628371381150396e-8,
            9.1803786744695372008e-9,
            -1.2756102213808736222e-9,
            -3.6602793761041338272e-10,
            4.5926359348595205189e-11,
            1.718931468764652685e-11,
            -1.2726833698700694016e-12,
            -8.6680819133161884347e-13,
            1.1061557204136740861e-15,
            4.2750210770103333828e-14,
            3.7909376922639045483e-15,
            -1.8474103010592331508e-15,
            -4.0419094130708177894e-16,
            5.3408543850173578299e-17,
            2.941479937590055145e-17,
        ];

    public static double At(double z)
    {
        var twice = 2 * ((z - Middle) / (z + Middle));
        var (next, afterNext) = (0.0, 0.0);
        for (var k = Coefficients.Length - 1; k > 0; k--)
        {
            (next, afterNext) = (Math.FusedMultiplyAdd(twice, next, Coefficients[k] - afterNext), next);
        }

        return ((twice / 2 * next) - afterNext + Coefficients[0]) / (1 + z);
    }
}
