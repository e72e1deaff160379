"""The settings of an organization, among them its design, as the admin guide shows them."""

from __future__ import annotations

from typing import Annotated, Any

from .open_objects import Schema, key, keys, open_object


def _mail(which: str, **more: Schema) -> Schema:
    return keys(which, active=key("Whether it is sent.", False), **more)


def _step(which: str) -> Schema:
    return keys(
        which,
        completedAt=key("When that was done; null while it is not.", None),
        done=key("Whether it is done.", False),
    )


_SENT = key("Whether it has been sent.", False)
_DAYS = key("After how many days.", None)

_ONBOARDING = keys(
    "The mails that lead a new customer through the beginning; none is sent here.",
    registrationCompleteMail=_mail("That the registration is complete.", sent=_SENT),
    afterSignUpMail=_mail("A mail after signing up.", numberOfDays=_DAYS, sent=_SENT),
    reminderMail1=_mail("A reminder.", numberOfDays=_DAYS, sent=_SENT),
    reminderMail2=_mail("A second reminder.", numberOfDays=_DAYS, sent=_SENT),
    delete=keys(
        "That the customer is deleted.",
        active=key("Whether that is done.", False),
        numberOfDays=_DAYS,
    ),
)

_GETTING_STARTED = keys(
    "How far the customer has come with setting up.",
    completedAt=key("When all was done; null while it is not.", None),
    onboardingEvents=_ONBOARDING,
    active=key("Whether the customer is led through it.", False),
    userStep=_step("Adding users."),
    expenseManagementStep=_step("Setting up how expenses are managed."),
    integrationStep=_step("Connecting another system."),
    done=key("Whether all is done.", False),
    mobileOnboarding=key("Whether the mobile app leads through it.", False),
    categoriesStep=_step("Setting up categories."),
)

_PICTURE = "http://127.0.0.1:4655/api/resources/97e1fb2f0a1b4bd5f8e9fd07c4a75d3c"

_DESIGN = keys(
    "How the organization's pages look: colours, and pictures that mockfindity serves.",
    showClientAppBackgroundImage=key("Whether a picture stands behind the pages.", False),
    darkAccentColor=key("A colour.", "#1d3b53"),
    textOnHoverColor=key("A colour.", "#FFFFFF"),
    textOnAccentColor=key("A colour.", "#FFFFFF"),
    accentColor=key("A colour.", "#1d3b53"),
    menuLogoUrl=key("Where the menu's logo lies.", _PICTURE),
    menuLogoUrl2=key("Where the menu's other logo lies.", _PICTURE),
    hideInvoiceInformationOnOrgCreate=key(
        "Whether who makes an organization is not asked where to bill it.", True
    ),
    logoUrl=key("Where the logo lies.", _PICTURE),
    dontCopyBackgroundImgageFromTemplate=key(
        "Whether a template's background picture is not copied. The name is Findity's.", False
    ),
    adminSwitchOn=key("The file name of a picture.", "switch_on.png"),
    useGhostButtons=key("Whether buttons are drawn as outlines.", True),
    logo=key("The file name of a picture.", "logo.png"),
    favIconUrl=key("Where the browser's icon lies.", _PICTURE),
    iconUrl=key("Where the icon lies.", _PICTURE),
    backgroundImageUrl=key("Where the background picture lies.", _PICTURE),
    customCss=key("A style sheet.", ""),
    partnerHasAccentColor=key("Whether the partner sets this colour.", False),
    partnerHasDarkAccentColor=key("Whether the partner sets this colour.", False),
    partnerHasSecondaryAccentColor=key("Whether the partner sets this colour.", False),
    partnerHasSecondaryDarkAccentColor=key("Whether the partner sets this colour.", False),
    iconReadOnly=key("Whether the icon cannot be changed.", False),
    logoReadOnly=key("Whether the logo cannot be changed.", False),
)

OrganizationSettings = Annotated[
    dict[str, Any],
    open_object(
        "Settings of the organization. mockfindity acts on none of them: what is sent is laid "
        "over what is there and given back, with other keys and other types too; "
        "`templateOrganizationId` is not kept.",
        useForCardTransactions=key("Whether it is used for card transactions.", False),
        maxNumberOfCards=key("How many cards a user may have.", 3),
        language=key("The language of its users.", "sv_SE"),
        formattingRegion=key("How dates and numbers are written.", "sv_SE"),
        useNewDimensions=key("Whether the newer dimensions are used.", True),
        userSetup=keys(
            "How users begin.",
            createdWithStatus=key("The status of a new user.", "PENDING_ACTIVATION"),
        ),
        gettingStarted=_GETTING_STARTED,
        cardTransactionGracePeriodDays=key("How long a card transaction may wait, in days.", 7),
        externallyActivated=key("Whether it was activated from outside.", True),
        design=_DESIGN,
    ),
]
