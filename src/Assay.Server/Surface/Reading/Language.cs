namespace Assay.Server.Surface.Reading;

/// <summary>A language of the pages.</summary>
public enum Language
{
    /// <summary>English.</summary>
    En,

    /// <summary>Russian.</summary>
    Ru,
}

/// <summary>How the pages are coloured.</summary>
public enum Theme
{
    /// <summary>As the system asks.</summary>
    Auto,

    /// <summary>Light.</summary>
    Light,

    /// <summary>Dark.</summary>
    Dark,
}
