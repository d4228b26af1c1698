"""Reports in other languages, kept as they were written; by family of problems. Slots: {place} {time} {n}."""

TEXTS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "noise": (
            "Hello, I live near {place}. Every weekend there is loud music until {time}. I work early shift, please can someone talk to them? It is {n} weeks now.",
            "Good evening. People shouting at {place}, last night until {time}. My two children can not sleep. Thank you.",
            "Sorry for English. The neighbours near {place} make party {n} times this month. I tried to speak with them, they laugh.",
        ),
        "rubbish": (
            "There is a big pile of bags at {place}, already {n} days. Flies everywhere. Who must take them?",
            "Somebody left mattresses and a broken chair at {place}. At {time} I saw a white van. I don't want trouble, no name please.",
        ),
        "home": (
            "The lift at {place} is broken since {n} days and my wife is pregnant. We live on fourth floor. Please help.",
            "In our stairs at {place} there is no light at {time}. My mother is afraid to go out.",
        ),
        "other": (
            "Hello, near {place} at {time} I saw something that is not good. I prefer to explain by phone, in English if possible.",
            "Good morning, at {place} there is a problem and we don't know which office. {n} families are here. Can you come to see?",
        ),
    },
    "fr": {
        "noise": (
            "Bonjour, à côté de {place} il y a beaucoup de bruit la nuit, jusqu'à {time}. J'ai un bébé. Merci de votre aide.",
            "Bonsoir. Les jeunes crient devant {place} presque chaque soir. Ça fait {n} semaines. On ne dort plus.",
        ),
        "rubbish": (
            "Bonjour, il y a des ordures par terre près de {place} depuis {n} jours. Les enfants jouent à côté.",
            "Des gens jettent des meubles à {place} le soir vers {time}. Merci de nettoyer.",
        ),
        "home": (
            "La lumière de l'escalier ne marche pas, {place}. Depuis {n} jours. Mon mari rentre à {time} dans le noir.",
            "Bonjour, chez nous à {place} il y a de l'humidité sur les murs, mon fils tousse. J'ai déjà demandé {n} fois.",
        ),
        "other": (
            "Bonjour madame, monsieur. J'ai besoin de parler avec quelqu'un pour une voisine à {place}. Je comprends un peu l'italien. Après {time} c'est mieux.",
        ),
    },
    "ar": {
        "noise": (
            "السلام عليكم، أسكن قرب {place}. الضجيج كل ليلة حتى الساعة {time} والأطفال لا ينامون. أرجو المساعدة.",
            "مساء الخير، منذ {n} أسابيع لا نستطيع النوم بسبب الموسيقى في {place}. شكرا لكم.",
        ),
        "rubbish": ("السلام عليكم، توجد أكياس قمامة في {place} منذ {n} أيام والرائحة قوية. شكرا.",),
        "home": (
            "المصعد معطل منذ {n} أيام في {place}. أمي مريضة ولا تستطيع النزول. نرجو الاتصال بعد الساعة {time}.",
            "لا يوجد ضوء في الدرج في {place} منذ {n} أيام، والأولاد يعودون في الظلام.",
        ),
        "other": (
            "السلام عليكم، أحتاج أن أتكلم مع شخص يفهم العربية بخصوص مشكلة في {place}. أنا موجودة بعد الساعة {time}.",
        ),
    },
    "ro": {
        "noise": (
            "Bună ziua, lângă {place} se face gălăgie în fiecare noapte până la {time}. Lucrez dimineața devreme. Mulțumesc.",
            "Bună seara, vecinii de sus la {place} dau muzica tare de {n} săptămâni. Am încercat să vorbesc frumos.",
        ),
        "rubbish": ("Bună ziua, la {place} sunt saci de gunoi lăsați de {n} zile. Miroase foarte rău.",),
        "home": (
            "Bună ziua, interfonul la {place} nu merge de {n} zile și nu mai primim poșta.",
            "În casă la {place} este mucegai, copilul este mereu răcit. Am sunat de {n} ori.",
        ),
        "other": (
            "Bună ziua, am nevoie de un sfat pentru o situație la {place}. Pot vorbi după ora {time}. Mulțumesc.",
        ),
    },
    "uk": {
        "noise": (
            "Добрий день, біля {place} щоночі шум до {time}. У мене маленька дитина. Дякую за допомогу.",
        ),
        "rubbish": ("Добрий день, біля {place} вже {n} днів лежить сміття. Дякую.",),
        "home": ("Добрий день, у під'їзді {place} немає світла вже {n} днів, бабуся боїться виходити.",),
        "other": (
            "Добрий день, мені потрібна порада щодо сусідки в {place}. Краще писати після {time}, італійську розумію трохи.",
        ),
    },
    "zh-hans": {
        "noise": ("你好，{place}附近每天晚上吵到{time}，已经{n}个星期了，孩子睡不着。谢谢。",),
        "rubbish": ("你好，{place}有很多垃圾，已经{n}天没有人收了。",),
        "home": ("你好，{place}的电梯坏了{n}天，我家有老人。谢谢帮忙。",),
        "other": ("你好，关于{place}的事情我想咨询一下，{time}以后可以联系我，需要翻译。",),
    },
    "ur": {
        "noise": ("السلام علیکم، {place} کے پاس رات {time} بجے تک شور ہوتا ہے۔ بچے سو نہیں سکتے۔ شکریہ۔",),
        "rubbish": ("السلام علیکم، {place} پر {n} دن سے کوڑا پڑا ہے۔",),
        "home": ("السلام علیکم، {place} میں {n} دن سے سیڑھیوں کی بتی خراب ہے۔ شکریہ۔",),
        "other": ("السلام علیکم، {place} کے ایک مسئلے پر بات کرنی ہے۔ {time} کے بعد فون کریں۔",),
    },
}

FAMILIES = {"quiete": "noise", "vicinato": "other", "degrado": "rubbish", "case-cantieri": "home"}
