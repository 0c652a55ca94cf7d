namespace Assay.Text;

/// <summary>The script of a normalised word, as far as it decides about stemming.</summary>
public enum WordScript
{
    /// <summary>Numbers, mixtures and every other script.</summary>
    Other,

    /// <summary>Nothing but a-z and apostrophes.</summary>
    English,

    /// <summary>At least one Cyrillic letter.</summary>
    Cyrillic,
}
