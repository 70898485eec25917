using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace KennisstedenPortal.Working.Shared;

/// <summary>The texts of MudBlazor's components in Dutch. English pages keep the texts they come with.</summary>
internal sealed class MudTexts(NavigationManager navigation) : MudLocalizer
{
    private static readonly Dictionary<string, string> Dutch = new(StringComparer.Ordinal)
    {
        ["MudAlert_Close"] = "Sluiten",
        ["MudBaseDatePicker_NextMonth"] = "Volgende maand {0}",
        ["MudBaseDatePicker_NextYear"] = "Volgend jaar {0}",
        ["MudBaseDatePicker_Open"] = "Kalender openen",
        ["MudBaseDatePicker_PrevMonth"] = "Vorige maand {0}",
        ["MudBaseDatePicker_PrevYear"] = "Vorig jaar {0}",
        ["MudBreadcrumbs_Label"] = "Kruimelpad",
        ["MudChip_Close"] = "Weghalen",
        ["MudDataGridPager_AllItems"] = "Alles",
        ["MudDataGridPager_FirstPage"] = "Eerste pagina",
        ["MudDataGridPager_InfoFormat"] = "{first_item}-{last_item} van {all_items}",
        ["MudDataGridPager_LastPage"] = "Laatste pagina",
        ["MudDataGridPager_NextPage"] = "Volgende pagina",
        ["MudDataGridPager_PreviousPage"] = "Vorige pagina",
        ["MudDataGridPager_RowsPerPage"] = "Rijen per pagina:",
        ["MudDataGrid_AddFilter"] = "Filter toevoegen",
        ["MudDataGrid_Apply"] = "Toepassen",
        ["MudDataGrid_Cancel"] = "Annuleren",
        ["MudDataGrid_Clear"] = "Leegmaken",
        ["MudDataGrid_ClearFilter"] = "Filter weghalen",
        ["MudDataGrid_Column"] = "Kolom",
        ["MudDataGrid_Columns"] = "Kolommen",
        ["MudDataGrid_Contains"] = "bevat",
        ["MudDataGrid_EndsWith"] = "eindigt op",
        ["MudDataGrid_Equals"] = "is gelijk aan",
        ["MudDataGrid_Filter"] = "Filter",
        ["MudDataGrid_FilterValue"] = "Filterwaarde",
        ["MudDataGrid_Is"] = "is",
        ["MudDataGrid_IsEmpty"] = "is leeg",
        ["MudDataGrid_IsNot"] = "is niet",
        ["MudDataGrid_IsNotEmpty"] = "is niet leeg",
        ["MudDataGrid_Loading"] = "Bezig met laden",
        ["MudDataGrid_NotContains"] = "bevat niet",
        ["MudDataGrid_NotEquals"] = "is niet gelijk aan",
        ["MudDataGrid_OpenFilters"] = "Filters openen",
        ["MudDataGrid_Operator"] = "Vergelijking",
        ["MudDataGrid_RemoveFilter"] = "Filter weghalen",
        ["MudDataGrid_Save"] = "Opslaan",
        ["MudDataGrid_SelectAllRows"] = "Alle rijen kiezen",
        ["MudDataGrid_SelectRow"] = "Rij kiezen",
        ["MudDataGrid_Sort"] = "Sorteren",
        ["MudDataGrid_StartsWith"] = "begint met",
        ["MudDataGrid_Unsort"] = "Niet sorteren",
        ["MudDataGrid_Value"] = "Waarde",
        ["MudDateRangePicker_End"] = "Einddatum",
        ["MudDateRangePicker_Start"] = "Begindatum",
        ["MudDialog_Close"] = "Venster sluiten",
        ["MudExitPrompt_Cancel"] = "Blijven",
        ["MudExitPrompt_Exit"] = "Verlaten",
        ["MudExitPrompt_Text"] = "U hebt wijzigingen die nog niet zijn opgeslagen. Wilt u de pagina verlaten?",
        ["MudExitPrompt_Title"] = "Pagina verlaten?",
        ["MudFileUpload_Button"] = "Bestand kiezen",
        ["MudFileUpload_DragAndDrop"] = "Sleep een bestand hierheen of kies het",
        ["MudFormComponent_Required"] = "Verplicht",
        ["MudInput_Clear"] = "Leegmaken",
        ["MudInput_Decrement"] = "Verlagen",
        ["MudInput_Increment"] = "Verhogen",
        ["MudNavGroup_ToggleExpand"] = "{0} in- of uitklappen",
        ["MudPagination_CurrentPage"] = "Huidige pagina {0}",
        ["MudPagination_FirstPage"] = "Eerste pagina",
        ["MudPagination_LastPage"] = "Laatste pagina",
        ["MudPagination_NextPage"] = "Volgende pagina",
        ["MudPagination_PageIndex"] = "Pagina {0}",
        ["MudPagination_PreviousPage"] = "Vorige pagina",
        ["MudSelect_SelectAll"] = "Alles kiezen",
        ["MudSnackbar_Close"] = "Melding sluiten",
        ["MudStepper_Complete"] = "Afronden",
        ["MudStepper_Next"] = "Volgende",
        ["MudStepper_Previous"] = "Vorige",
        ["MudTablePager_FirstPage"] = "Eerste pagina",
        ["MudTablePager_LastPage"] = "Laatste pagina",
        ["MudTablePager_NextPage"] = "Volgende pagina",
        ["MudTablePager_PreviousPage"] = "Vorige pagina",
        ["MudTable_Loading"] = "Bezig met laden",
        ["MudTable_SelectAllRows"] = "Alle rijen kiezen",
        ["MudTable_SelectRow"] = "Rij kiezen",
        ["MudTabs_ScrollLeft"] = "Naar links",
        ["MudTabs_ScrollRight"] = "Naar rechts",
        ["MudTreeView_CollapseItem"] = "Inklappen",
        ["MudTreeView_ExpandItem"] = "Uitklappen",
    };

    public override LocalizedString this[string key] =>
        WorkingComponent.LanguageOf(navigation) == "nl" && Dutch.TryGetValue(key, out var text) ? new(key, text) : new(key, key, resourceNotFound: true);

    public override LocalizedString this[string key, params object[] arguments] =>
        this[key] is { ResourceNotFound: false, Value: var text } ? new(key, string.Format(System.Globalization.CultureInfo.GetCultureInfo("nl-NL"), text, arguments)) : new(key, key, resourceNotFound: true);
}
