# Expected figures of log.jsonl, from its facts alone: who asked when, and which
# answer came after how many hours. R 4.2.2, survival 3.5-3.
#   Rscript expected.R > expected.json
suppressMessages(library(survival))
arrived  <- c(10, 20, 60, 100, 180, 200, 230, 350, 370, 400, 540, 560, 580, 620) # hours after Monday 5 January 2026
waited   <- c(2, 30, NA, .5, NA, 100, NA, 5, 50, 20, NA, 3, 10, NA)            # NA: never answered
channel  <- c("forum", "mail", "forum", "chat", "mail", "forum", "mail", "chat", "mail", "forum", "mail", "forum", "wiki", "wiki")
answerer <- c("li", "sam", NA, "li", NA, "ola", NA, "sam", "li", "li", NA, "sam", "ola", NA)
census <- 840
n <- length(arrived)

# The fifth was withdrawn after 12 hours without an answer: it goes on waiting to
# the census (Fine & Gray 1999, censoring complete).
event <- !is.na(waited)
time <- ifelse(event, waited, census - arrived)
km <- survfit(Surv(time, event) ~ 1)

# Rothman (1978): Wilson's interval with n' = F(1-F)/Greenwood's variance.
wilson <- function(p, n) {
  z <- qnorm(.975)
  mid <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  c(mid - half, mid + half)
}
share <- function(fit, h) {
  s <- summary(fit, times = h, extend = TRUE)
  f <- 1 - s$surv
  v <- s$std.err^2
  c(f, wilson(f, if (f > 0 && f < 1) f * (1 - f) / v else n))
}
within <- sapply(c(1, 24, 48, 168), function(h) share(km, h))

# Receipts: the seventh got one after an hour.
ack <- ifelse(seq_len(n) == 7, 1, waited)
acknowledged <- survfit(Surv(ifelse(is.na(ack), census - arrived, ack), !is.na(ack)) ~ 1)

# Attention: the mean of g(T), g = 1 within 1 h, 0 after 168 h, falling with the
# logarithm between. Nobody is censored before 168 h, so the mean is exact; its
# variance is that of the infinitesimal jackknife, each asker a cluster of one.
g <- ifelse(event, pmin(1, pmax(0, 1 - log(pmax(time, 1)) / log(168))), 0)
attention <- mean(g)
variance <- sum((g - attention)^2) / n^2

# One-way ANOVA estimator of the intraclass correlation (Donner), and 1 - sqrt of it.
icc <- function(y, group) {
  group <- factor(group); k <- nlevels(group); N <- length(y); ni <- table(group)
  a <- anova(lm(y ~ group)); n0 <- (N - sum(ni^2) / N) / (k - 1)
  (a$`Mean Sq`[1] - a$`Mean Sq`[2]) / (a$`Mean Sq`[1] + (n0 - 1) * a$`Mean Sq`[2])
}
apart <- function(icc) 1 - sqrt(max(0, icc))
soon <- as.integer(event & time <= 48)
week <- arrived %/% 168
groups <- ifelse(channel %in% c("chat", "wiki"), "others", channel) # fewer than five by themselves

# Robust score test with each asker a cluster.
score <- summary(coxph(Surv(time, event) ~ groups, cluster = seq_len(n), ties = "breslow"))$robscore

# Diffusion: half of it the one department heard (at least three answers), half the
# effective number of people, exp of Chao & Shen's (2003) entropy, over a target of 5.
counts <- as.vector(table(answerer))
N <- sum(counts); f1 <- sum(counts == 1); p <- counts / N * (1 - f1 / N)
entropy <- -sum(p * log(p) / (1 - (1 - p)^N))
people <- exp(entropy)

# Conversation: weeks' shares of answers among answers and announcements, and of
# replies that say something among all in others' threads; mean of the two means.
# The interval is Rothman's with the variance of the weeks' influence, and
# Student's quantile for their number.
answered_at <- (arrived + waited)[event]
weeks <- 0:5
exchanges <- sapply(weeks, function(w) sum(answered_at %/% 168 == w))
news <- sapply(weeks, function(w) sum(c(50, 380, 840) %/% 168 == w))
receipts <- sapply(weeks, function(w) sum(231 %/% 168 == w))
b <- exchanges / (exchanges + news); t <- exchanges / (exchanges + receipts)
mb <- mean(b, na.rm = TRUE); mt <- mean(t, na.rm = TRUE)
conversation <- (mb + mt) / 2
influence <- ifelse(is.na(b), 0, .5 * (b - mb) / sum(!is.na(b))) + ifelse(is.na(t), 0, .5 * (t - mt) / sum(!is.na(t)))
k <- max(sum(!is.na(b)), sum(!is.na(t)))
v <- sum(influence^2) * k / (k - 1) * (qt(.975, k - 1) / qnorm(.975))^2
talk <- c(conversation, wilson(conversation, conversation * (1 - conversation) / v))

show <- function(x) paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")
cat("{\n",
    '"answered": [', paste(apply(within, 2, show), collapse = ", "), "],\n",
    '"acknowledged": ', show(share(acknowledged, 1)), ",\n",
    '"median": ', sprintf("%.15g", quantile(km, .5)$quantile), ",\n",
    '"attention": ', show(c(attention, wilson(attention, attention * (1 - attention) / variance))), ",\n",
    '"constancy": ', sprintf("%.15g", apart(icc(soon, week))), ",\n",
    '"evenness": ', sprintf("%.15g", apart(icc(soon, groups))), ",\n",
    '"log_rank_p": ', sprintf("%.15g", score["pvalue"]), ",\n",
    '"people": ', sprintf("%.15g", people), ",\n",
    '"diffusion": ', sprintf("%.15g", .5 + (people - 1) / 4 / 2), ",\n",
    '"conversation": ', show(talk), "\n}\n", sep = "")
