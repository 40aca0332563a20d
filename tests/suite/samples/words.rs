//! The words of the sample pages: the ministry's own in French, a rendering for the samples in English.

use mandat::model::Bilingual;

/// French and English.
pub type Words = Bilingual<&'static str>;

const fn words(fr: &'static str, en: &'static str) -> Words {
    Bilingual { fr, en }
}

pub const INSTITUTION: &str = "Ministère des Relations internationales et de la Francophonie";

pub const MISSION: Words = words(
    "La mission du Ministère est de diriger l’action internationale du gouvernement et assurer le développement \
     économique, le rayonnement de l’identité et la défense des intérêts du Québec.",
    "The mission of the :fr[Ministère] is to lead the government’s international action and to \
     ensure the economic development, the influence of the identity and the defence of the interests of Québec.",
);

pub const VISION: Words = words(
    "Une organisation agile et performante, reconnue pour sa capacité à porter les ambitions et l’identité du peuple \
     québécois sur le plan international.",
    "An agile, high-performing organization, recognized for its ability to carry the ambitions and the identity of the \
     people of Québec on the international stage.",
);

pub const INTRODUCTION: Words = words(
    "Pour atteindre ses objectifs, le Ministère assume les responsabilités suivantes\u{a0}:",
    "To reach its objectives, the :fr[Ministère] assumes the following responsibilities:",
);

/// Title and clause of each mandate.
pub const MANDATES: [(Words, Words); 11] = [
    (
        words("Représenter le Québec à l’étranger", "Representing Québec abroad"),
        words(
            "assurer la représentation du Québec à l’étranger",
            "ensure the representation of Québec abroad",
        ),
    ),
    (
        words("Conseiller le gouvernement", "Advising the government"),
        words(
            "conseiller le gouvernement et développer des politiques sur toute question ayant trait aux relations \
             internationales",
            "advise the government and develop policies on any question that concerns international relations",
        ),
    ),
    (
        words("Diriger l’action à l’étranger", "Directing action abroad"),
        words(
            "planifier, organiser et diriger l’action à l’étranger du gouvernement ainsi que celle de ses ministères et \
             organismes (MO)",
            "plan, organize and direct the action abroad of the government and of its departments and agencies",
        ),
    ),
    (
        words(
            "Maintenir les relations avec les gouvernements",
            "Maintaining relations with governments",
        ),
        words(
            "établir et maintenir les relations avec les gouvernements étrangers ainsi qu’avec les organisations et les \
             forums internationaux",
            "establish and maintain relations with foreign governments and with international organizations and forums",
        ),
    ),
    (
        words(
            "Mettre en œuvre la Vision internationale",
            "Carrying out the international vision",
        ),
        words(
            "s’assurer de la mise en œuvre de la Vision internationale du Québec (VIQ) et des stratégies territoriales",
            "see to the implementation of the :fr[Vision internationale du Québec] and of the \
             territorial strategies",
        ),
    ),
    (
        words("Mener la diplomatie économique", "Conducting economic diplomacy"),
        words(
            "mener des actions de diplomatie économique et d’influence afin de faire avancer les intérêts du Québec en \
             matière de commerce international et de prospection d’investissements étrangers",
            "take action in economic diplomacy and influence in order to advance the interests of Québec in \
             international trade and in the search for foreign investment",
        ),
    ),
    (
        words(
            "Négocier les engagements internationaux",
            "Negotiating international commitments",
        ),
        words(
            "veiller à la négociation et à la mise en œuvre des engagements internationaux conclus par le gouvernement \
             du Québec et aux intérêts du Québec lors de la négociation et la mise en œuvre de tout accord \
             international du gouvernement du Canada, portant sur une matière ressortissante à la compétence \
             constitutionnelle du Québec",
            "see to the negotiation and implementation of the international commitments made by the government of \
             Québec, and to the interests of Québec in the negotiation and implementation of any international \
             agreement of the Government of Canada that bears on a matter within Québec’s constitutional jurisdiction",
        ),
    ),
    (
        words(
            "Renforcer les institutions francophones",
            "Strengthening Francophone institutions",
        ),
        words(
            "favoriser le renforcement des institutions francophones internationales auxquelles le gouvernement \
             participe, en tenant compte des intérêts du Québec",
            "favour the strengthening of the international Francophone institutions in which the government takes part",
        ),
    ),
    (
        words(
            "Accueillir les organisations internationales",
            "Welcoming international organizations",
        ),
        words(
            "favoriser l’établissement et la rétention sur le territoire du Québec d’organisations internationales et \
             de représentants de gouvernements étrangers",
            "favour the establishment and retention in Québec of international organizations and of representatives of \
             foreign governments",
        ),
    ),
    (
        words(
            "Soutenir la coopération internationale",
            "Supporting international cooperation",
        ),
        words(
            "soutenir l’action des organismes de coopération internationale (OCI) québécois ainsi que celle des villes, \
             des organisations et des institutions québécoises œuvrant à l’étranger",
            "support the action of Québec’s international cooperation organizations, and of the Québec cities, \
             organizations and institutions at work abroad",
        ),
    ),
    (
        words("Observer et analyser le monde", "Watching and analysing the world"),
        words(
            "assurer une veille et réaliser des recherches, des études et des analyses sur les enjeux géopolitiques et \
             économiques mondiaux, les risques et les occasions d’affaires pour le Québec",
            "keep watch, and carry out research, studies and analyses on world geopolitical and economic issues, and on \
             the risks and business opportunities for Québec",
        ),
    ),
];

pub const FUNCTION: Words = words(
    "Représentant aux changements climatiques",
    "Representative for climate change",
);

pub const SHORT: Words = words(
    "Biologiste et communicateur scientifique reconnu mondialement.",
    "A biologist and science communicator known around the world.",
);

pub const HEADING: Words = words(
    "Mandat du représentant aux changements climatiques",
    "Mandate of the representative for climate change",
);

pub const MANDATE: [Words; 2] = [
    words(
        "Jean Lemire a le mandat d’approfondir l’engagement international du Québec dans les domaines de la lutte \
         contre les changements climatiques. Le représentant aux changements climatiques a pour tâche de développer \
         de nouveaux partenariats internationaux visant la réduction de gaz à effet de serre et l’utilisation de \
         mécanismes de tarification du carbone.",
        "Jean Lemire’s mandate is to deepen Québec’s international commitment in the fight against climate change. The \
         representative’s task is to develop new international partnerships for the reduction of greenhouse gases and \
         the use of carbon pricing mechanisms.",
    ),
    words(
        "M. Lemire continue à faire du Québec un acteur crédible dans les échanges internationaux sur les enjeux \
         touchant l’Arctique, en créant ou en consolidant des liens avec les acteurs gouvernementaux et non \
         gouvernementaux de la région nordique et arctique.",
        "Mr. Lemire continues to make Québec a credible player in international exchanges on Arctic issues, creating or \
         strengthening links with governmental and non-governmental actors of the northern and Arctic region.",
    ),
];

pub const BIOGRAPHY: [Words; 2] = [
    words(
        "Jean Lemire est un biologiste et un communicateur scientifique reconnu mondialement. Sa nomination à titre de \
         représentant aux changements climatiques témoigne de la volonté ferme du Québec de contribuer, aux efforts \
         internationaux et à la recherche de solutions durables, par la mise en valeur de l’expertise québécoise.",
        "Jean Lemire is a biologist and science communicator known around the world. His appointment as representative \
         for climate change shows Québec’s firm will to contribute to international efforts and to the search for \
         lasting solutions.",
    ),
    words(
        "Jean Lemire sillonne les océans de la planète depuis plus de 15\u{a0}ans pour sensibiliser les populations aux \
         grands enjeux environnementaux.",
        "Jean Lemire has been sailing the oceans of the planet for more than 15 years to make people aware of the great \
         environmental issues.",
    ),
];

/// A title that no layout likes: long, with a long word.
pub const LONG: Words = words(
    "Représentante extraordinaire et plénipotentiaire auprès des organisations anticonstitutionnellement \
     intergouvernementales et multilatérales",
    "Extraordinary and plenipotentiary representative to intergovernmental organizations, with \
     counterrevolutionarily-multilateral responsibilities",
);

pub const PARAGRAPH: Words = words(
    "Ce site vise le niveau AA des règles d’accessibilité pour les contenus Web (WCAG\u{a0}2.2). Les obstacles connus \
     et la façon d’en signaler d’autres sont indiqués plus bas.",
    "This site aims for level AA of the Web Content Accessibility Guidelines (WCAG 2.2). Known barriers and the way to \
     report others are given below.",
);

pub const SUBHEADING: Words = words("Signaler un obstacle", "Reporting a barrier");

pub const CHARTER: &str = "The Charter of the French language and its regulations govern the consultation of \
    English-language content.";
